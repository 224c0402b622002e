package banking;

import static org.assertj.core.api.Assertions.assertThat;

import banking.account.AccountLimitsConfig;
import banking.approval.LimitsConfig;
import banking.http.BoundsConfig;
import banking.outbox.OutboxConfig;
import banking.pipeline.DayLimitsConfig;
import banking.pipeline.PipelineConfig;
import banking.policy.PolicyConfig;
import banking.seal.SealsConfig;
import banking.seal.VerifierConfig;
import banking.task.MailConfig;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The bounds that the service has where nobody sets others. */
@CommandServiceTest
class ConfigDefaultsTest {

    @Inject PipelineConfig pipeline;
    @Inject OutboxConfig outbox;
    @Inject MailConfig mail;
    @Inject PolicyConfig policy;
    @Inject LimitsConfig limits;
    @Inject AccountLimitsConfig ofAccounts;
    @Inject DayLimitsConfig ofTellers;
    @Inject BoundsConfig callers;
    @Inject SealsConfig seals;
    @Inject VerifierConfig verifier;

    @Test
    void the_pipelines_bounds() {
        assertThat(pipeline.lanes()).isEqualTo(1);
        assertThat(pipeline.queueCapacity()).isEqualTo(4096);
        assertThat(pipeline.batchSize()).isEqualTo(256);
        assertThat(pipeline.patience()).isEqualTo(Duration.ofSeconds(3));
        assertThat(pipeline.sideTransactions()).isEqualTo(4);
    }

    @Test
    void the_relays_bounds() {
        assertThat(outbox.relay()).isTrue();
        assertThat(outbox.eventsPerShard()).isEqualTo(1000);
        assertThat(outbox.rememberedEvents()).isEqualTo(10_000);
        assertThat(outbox.rowsPerVacuum()).isEqualTo(2000);
        assertThat(outbox.pace()).isEqualTo(Duration.ofMillis(8));
        assertThat(outbox.idlePoll()).isEqualTo(Duration.ofMillis(250));
        assertThat(outbox.deliveryTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(outbox.backOff()).isEqualTo(Duration.ofMillis(100));
        assertThat(outbox.longestBackOff()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void the_policies_bounds() {
        assertThat(policy.run()).isTrue();
        assertThat(policy.pace()).isEqualTo(Duration.ofMillis(10));
        assertThat(policy.batchSize()).isEqualTo(500);
        assertThat(policy.backOff()).isEqualTo(Duration.ofMillis(100));
        assertThat(policy.longestBackOff()).isEqualTo(Duration.ofSeconds(5));
        assertThat(policy.patience()).isEqualTo(Duration.ofMillis(500));
        assertThat(policy.atOnce()).isEqualTo(2000);
        assertThat(policy.longestRetry()).isEqualTo(Duration.ofMinutes(1));
        assertThat(policy.retriesAtOnce()).isEqualTo(100);
        assertThat(policy.lease()).isEqualTo(Duration.ofMinutes(1));
        assertThat(policy.positionTimeout()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void what_one_pair_of_eyes_may_not_do_alone() {
        assertThat(limits.fourEyes())
                .hasValue(
                        Set.of(
                                "FreezeAccount",
                                "UnfreezeAccount",
                                "ChangeOverdraftLimit",
                                "RegisterEmployee"));
        assertThat(limits.decidedWithin()).isEqualTo(Duration.ofDays(7));
        assertThat(ofAccounts.zone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(ofTellers.zone()).isEqualTo(ZoneId.of("UTC"));
    }

    @Test
    void the_callers_bounds() {
        assertThat(callers.pods()).isEqualTo(1);
        assertThat(callers.openWaits()).isEqualTo(50);
    }

    @Test
    void the_bounds_of_what_proves_the_journal() {
        assertThat(seals.leaves()).isEqualTo(4096);
        assertThat(seals.sealsATurn()).isEqualTo(50);
        assertThat(seals.lease()).isEqualTo(Duration.ofSeconds(15));
        assertThat(seals.directory()).isEmpty();
        assertThat(verifier.pace()).isEqualTo(500);
        assertThat(verifier.pause()).isEqualTo(Duration.ofSeconds(1));
        assertThat(verifier.restBetweenRounds()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void the_mails_bounds() {
        assertThat(mail.messageIdDomain()).isEqualTo("bank.localhost");
        assertThat(mail.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(mail.atOnce()).isEqualTo(10);
    }
}
