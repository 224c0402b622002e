package banking.pipeline;

import static banking.account.AccountType.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import banking.account.AccountRefusal;
import banking.aggregate.Refusal;
import banking.customer.CustomerRefusal;
import banking.http.ProblemCode;
import banking.task.TaskRefusal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What was stored of a refusal is its code, whatever program has stored it. */
class PipelineRefusalTest {

    @Test
    void a_stored_code_stands_for_the_refusal_that_it_is_of() {
        assertThat(PipelineRefusal.stored("account-frozen", ACCOUNT))
                .isEqualTo(AccountRefusal.ACCOUNT_FROZEN);
        assertThat(PipelineRefusal.stored("version-moved", ACCOUNT))
                .isEqualTo(PipelineRefusal.VERSION_MOVED);
        assertThat(PipelineRefusal.stored("customer-not-found", ACCOUNT))
                .isEqualTo(Refusal.notFound("customer"));
    }

    @Test
    void a_code_that_nobody_knows_any_more_stays_a_refusal() {
        var forgotten = PipelineRefusal.stored("account-asleep", ACCOUNT);

        assertThat(forgotten.code()).isEqualTo("account-asleep");
        assertThat(forgotten.status()).isEqualTo(422);
    }

    @Test
    void what_has_the_same_code_is_told_in_the_same_words() {
        var terms = new HashMap<String, Refusal>();
        Stream.<Refusal[]>of(
                        AccountRefusal.values(),
                        CustomerRefusal.values(),
                        TaskRefusal.values(),
                        PipelineRefusal.values(),
                        ProblemCode.values())
                .flatMap(Arrays::stream)
                .flatMap(
                        refusal ->
                                refusal.status() == 404
                                        ? Stream.of(refusal, Refusal.of(refusal.code()))
                                        : Stream.of(refusal))
                .filter(refusal -> refusal != ProblemCode.NOT_FOUND)
                .forEach(
                        refusal -> {
                            var other = terms.putIfAbsent(refusal.code(), refusal);
                            if (other != null) {
                                assertThat(refusal.title()).isEqualTo(other.title());
                                assertThat(refusal.status()).isEqualTo(other.status());
                            }
                        });
    }
}
