package banking.policy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What one policy has done in this process.
 *
 * @param done events that were reacted to
 * @param again reactions that something stood in the way of that may pass
 * @param refused reactions that an aggregate refused
 * @param failed reactions that the policy cannot cope with
 * @param forged records that the journal does not have
 */
record PolicyMetrics(Counter done, Counter again, Counter refused, Counter failed, Counter forged) {

    PolicyMetrics(String policy, MeterRegistry registry) {
        this(
                reactions(policy, "done", registry),
                reactions(policy, "again", registry),
                reactions(policy, "refused", registry),
                reactions(policy, "failed", registry),
                Counter.builder("bank.policy.forged.records")
                        .description("Records that the journal does not have: an alarm")
                        .tag("policy", policy)
                        .register(registry));
    }

    private static Counter reactions(String policy, String outcome, MeterRegistry registry) {
        return Counter.builder("bank.policy.reactions")
                .description("Events that were tried to react to")
                .tag("policy", policy)
                .tag("outcome", outcome)
                .register(registry);
    }
}
