package banking.launcher;

import banking.embedded.FreePorts;

/**
 * Where the embedded servers listen.
 *
 * @param postgres 0 for any free one, as for the others
 */
public record ServerPorts(int postgres, int kafka, int mail, int issuer) {

    public static final ServerPorts ANY = new ServerPorts(0, 0, 0, 0);

    /** Where the issuer of tokens is, so that a line to ask it for one is the same every time. */
    static final int ISSUER = 8180;

    /** Where the services' development profile looks for them. */
    static final ServerPorts FOR_DEVELOPMENT = new ServerPorts(15_432, 19_092, 12_525, ISSUER);

    ServerPorts chosen() {
        return new ServerPorts(orFree(postgres), orFree(kafka), orFree(mail), orFree(issuer));
    }

    private static int orFree(int port) {
        return port == 0 ? FreePorts.next() : port;
    }
}
