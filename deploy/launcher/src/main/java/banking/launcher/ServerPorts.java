package banking.launcher;

import banking.embedded.FreePorts;

/**
 * Where the embedded servers listen.
 *
 * @param postgres 0 for any free one, as for the others
 */
public record ServerPorts(int postgres, int kafka, int mail) {

    public static final ServerPorts ANY = new ServerPorts(0, 0, 0);

    /** Where the services' development profile looks for them. */
    static final ServerPorts FOR_DEVELOPMENT = new ServerPorts(15_432, 19_092, 12_525);

    ServerPorts chosen() {
        return new ServerPorts(orFree(postgres), orFree(kafka), orFree(mail));
    }

    private static int orFree(int port) {
        return port == 0 ? FreePorts.next() : port;
    }
}
