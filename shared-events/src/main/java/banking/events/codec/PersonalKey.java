package banking.events.codec;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What texts about one person are encrypted with: AES-256-GCM (NIST SP 800-38D). Each text has a
 * nonce of its own, made at random and kept before it, since what is written may be decided twice;
 * one key sees far fewer texts than random nonces are good for.
 */
public final class PersonalKey {

    static final int BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final byte[] bytes;

    /**
     * @throws IllegalArgumentException where it has another length
     */
    PersonalKey(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes");
        }
        this.bytes = bytes.clone();
    }

    public static PersonalKey made() {
        return new PersonalKey(random(BYTES));
    }

    /**
     * @param about what nobody is to take it for anything else than; needed again to decrypt it
     */
    byte[] encrypt(byte[] plain, byte[] about) {
        var nonce = random(NONCE_BYTES);
        try {
            var encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, about).doFinal(plain);
            var all = Arrays.copyOf(nonce, NONCE_BYTES + encrypted.length);
            System.arraycopy(encrypted, 0, all, NONCE_BYTES, encrypted.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /** Nothing where it was encrypted with another key, about something else, or changed. */
    Optional<byte[]> decrypt(byte[] encrypted, byte[] about) {
        if (encrypted.length < NONCE_BYTES) {
            return Optional.empty();
        }
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(encrypted, NONCE_BYTES), about);
            return Optional.of(
                    cipher.doFinal(encrypted, NONCE_BYTES, encrypted.length - NONCE_BYTES));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    byte[] toBytes() {
        return bytes.clone();
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] about) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(bytes, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(about);
        return cipher;
    }

    private static byte[] random(int length) {
        var made = new byte[length];
        new SecureRandom().nextBytes(made);
        return made;
    }
}
