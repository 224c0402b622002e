package banking.issuer;

/** Whoever gives the local bank's callers their tokens. */
public sealed interface Issuer extends AutoCloseable permits LocalIssuer, Keycloak {

    /** What tokens name as their issuer. */
    String url();

    /** Returns when it answers. */
    void start();

    @Override
    void close();
}
