package banking.aggregate;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import java.util.UUID;

/** Ids that follow from a name (RFC 9562, version 5), the same in every process at any time. */
public final class NameBasedId {

    private static final NameBasedGenerator BANK =
            Generators.nameBasedGenerator(UUID.fromString("6f1a3b62-6c1b-5e5c-9c6e-0b8f5c1a7d11"));

    private NameBasedId() {}

    /**
     * @param name begins with what it is the name of, so that two kinds of names never meet
     */
    public static UUID of(String name) {
        return BANK.generate(name);
    }
}
