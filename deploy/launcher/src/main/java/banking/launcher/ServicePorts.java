package banking.launcher;

import banking.embedded.FreePorts;

/**
 * Where a service listens.
 *
 * @param http for callers
 * @param management for its health and its metrics
 */
public record ServicePorts(int http, int management) {

    private static final int MANAGEMENT_ABOVE_HTTP = 1000;
    private static final int HIGHEST = 65_535;

    static final int HIGHEST_HTTP = HIGHEST - MANAGEMENT_ABOVE_HTTP;

    /** Both follow from the one that somebody chose. */
    static ServicePorts from(int http) {
        return new ServicePorts(http, http + MANAGEMENT_ABOVE_HTTP);
    }

    /** Any that nobody has. */
    public static ServicePorts free() {
        return new ServicePorts(FreePorts.next(), FreePorts.next());
    }
}
