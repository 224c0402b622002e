package banking.launcher;

import io.smallrye.certs.CertificateGenerator;
import io.smallrye.certs.CertificateRequest;
import io.smallrye.certs.CertificateUtils;
import io.smallrye.certs.Format;
import io.smallrye.certs.ca.CaGenerator;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** An authority of its own for one test, and whatever it has signed. */
final class Certificates {

    private static final String PASSWORD = "only-in-this-test";

    private final Path directory;
    private final X509Certificate authority;

    private Certificates(Path directory, X509Certificate authority) {
        this.directory = directory;
        this.authority = authority;
    }

    static Certificates in(Path directory) throws Exception {
        Files.createDirectories(directory);
        var authority =
                new CaGenerator(
                                directory.resolve("ca.crt").toFile(),
                                directory.resolve("ca.key").toFile(),
                                directory.resolve("ca.p12").toFile(),
                                PASSWORD)
                        .generate("test authority", null, null, null, null, null);
        return new Certificates(directory, authority);
    }

    Path authority() {
        return directory.resolve("ca.crt");
    }

    Path certificate(String name) {
        return directory.resolve(name + ".crt");
    }

    Path key(String name) {
        return directory.resolve(name + ".key");
    }

    /** For a server on this machine; another one for the same name takes its place. */
    X509Certificate issue(String name) throws Exception {
        new CertificateGenerator(directory, true)
                .generate(
                        new CertificateRequest()
                                .withName(name)
                                .withCN(name)
                                .withSubjectAlternativeName("DNS:localhost")
                                .withDuration(Duration.ofDays(1))
                                .withFormat(Format.PEM)
                                .signedWith(authority, privateKey(key("ca"))));
        return CertificateUtils.loadCertificate(certificate(name).toFile());
    }

    /** Trusts nothing but what the authority has signed. */
    SSLContext trusting() throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), new SecureRandom());
        return context;
    }

    /** For a server in this process. */
    SSLContext identity(String name) throws Exception {
        var keys = KeyStore.getInstance(KeyStore.getDefaultType());
        keys.load(null, null);
        keys.setKeyEntry(
                name,
                privateKey(key(name)),
                PASSWORD.toCharArray(),
                new X509Certificate[] {
                    CertificateUtils.loadCertificate(certificate(name).toFile())
                });
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, new SecureRandom());
        return context;
    }

    private static PrivateKey privateKey(Path pem) throws GeneralSecurityException, IOException {
        var text = Files.readString(pem).replaceAll("-----.*-----|\\s", "");
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text)));
    }

    /** What a server on this machine shows to whoever comes. */
    X509Certificate shownOn(int port) throws GeneralSecurityException, IOException {
        try (Socket socket = trusting().getSocketFactory().createSocket("localhost", port)) {
            var session = ((SSLSocket) socket).getSession();
            return (X509Certificate) session.getPeerCertificates()[0];
        }
    }
}
