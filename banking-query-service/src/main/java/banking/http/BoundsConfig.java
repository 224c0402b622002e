package banking.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/** How often one caller may ask, and how many answers it may wait for. */
@ConfigMapping(prefix = "bank.bounds")
public interface BoundsConfig {

    /** Of one address, whoever calls from there; one that many share needs more. */
    Rate address();

    /** Of one caller, by what events have as their actor. */
    Rate caller();

    /** How often. */
    interface Rate {

        @WithDefault("1000")
        int requestsPerSecond();

        /** What is another one's bound, by its name. */
        Map<String, Integer> only();
    }

    /** How many processes of this service share the requests, and so the bounds. */
    @WithDefault("1")
    int pods();

    /** How many queries of one caller may wait for a version at once, in one process. */
    @WithDefault("50")
    int openWaits();
}
