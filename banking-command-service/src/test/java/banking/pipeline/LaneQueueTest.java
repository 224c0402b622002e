package banking.pipeline;

import static banking.account.AccountType.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import banking.account.AccountCommand.CloseAccount;
import banking.events.CommandId;
import banking.events.StreamId;
import banking.security.Caller;
import banking.security.Role;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the bank gives itself goes first, callers keep their share, and bulks have theirs. */
class LaneQueueTest {

    private static final CommandMetrics METRICS = new CommandMetrics(new SimpleMeterRegistry());

    private final LaneQueue queue = new LaneQueue(10);
    private int sent;

    @Test
    void a_policys_commands_go_before_those_of_callers_and_leave_them_a_quarter()
            throws InterruptedException {
        offer(8, Role.TELLER);
        offer(8, Role.POLICY);

        assertThat(take(8)).containsExactly(8, 9, 10, 11, 12, 13, 0, 1);
        assertThat(take(8)).containsExactly(14, 15, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void what_one_row_does_not_need_is_the_others() throws InterruptedException {
        offer(1, Role.TELLER);
        offer(8, Role.TIMER);

        assertThat(take(8)).containsExactly(1, 2, 3, 4, 5, 6, 7, 0);
        assertThat(take(8)).containsExactly(8);
        assertThat(take(8)).isEmpty();
    }

    @Test
    void each_row_has_room_of_its_own() {
        assertThat(offer(12, Role.TELLER)).isEqualTo(10);
        assertThat(offer(12, Role.POLICY)).isEqualTo(10);
        assertThat(queue.size()).isEqualTo(20);

        var all = new ArrayList<PendingCommand<?, ?, ?>>();
        queue.empty(all);
        assertThat(all).hasSize(20);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void what_comes_in_bulk_is_a_quarter_beside_others() throws InterruptedException {
        offerInBulk(8);
        offer(8, Role.TELLER);

        assertThat(take(8)).containsExactly(8, 9, 10, 11, 12, 13, 0, 1);
        assertThat(take(8)).containsExactly(14, 15, 2);
    }

    @Test
    void it_leaves_the_others_theirs_where_there_is_too_much_of_all() throws InterruptedException {
        offerInBulk(8);
        offer(8, Role.TELLER);
        offer(8, Role.POLICY);

        assertThat(take(8)).containsExactly(16, 17, 18, 19, 8, 9, 0, 1);
    }

    @Test
    void alone_it_fills_half_a_batch_so_that_who_comes_then_waits_for_no_more()
            throws InterruptedException {
        assertThat(offerInBulk(12)).isEqualTo(10);

        assertThat(take(8)).containsExactly(0, 1, 2, 3);
        offer(1, Role.TELLER);
        assertThat(take(8)).containsExactly(12, 4);
        assertThat(queue.inBulk()).isEqualTo(5);
        assertThat(queue.size()).isZero();
        assertThat(queue.isEmpty()).isFalse();
    }

    /**
     * @return how many found room
     */
    private long offer(int commands, Role by) {
        long taken = 0;
        for (int i = 0; i < commands; i++) {
            taken += queue.offer(command(context(sent++, by))) ? 1 : 0;
        }
        return taken;
    }

    private long offerInBulk(int commands) {
        var bulk = new Bulk(false);
        long taken = 0;
        for (int i = 0; i < commands; i++) {
            taken += queue.offer(command(context(sent++, Role.TELLER).in(bulk))) ? 1 : 0;
        }
        return taken;
    }

    private List<Integer> take(int most) throws InterruptedException {
        var batch = new ArrayList<PendingCommand<?, ?, ?>>();
        queue.take(batch, most, 1);
        return batch.stream().map(c -> (int) c.id().value().getLeastSignificantBits()).toList();
    }

    private static CommandContext context(int number, Role by) {
        return CommandContext.once(
                new CommandId(new UUID(0, number)),
                "correlation",
                new Caller(by == Role.POLICY ? "policy:any" : "somebody", Set.of(by), null),
                null);
    }

    private static PendingCommand<?, ?, ?> command(CommandContext context) {
        return new PendingCommand<>(
                ACCOUNT, new StreamId(new UUID(1, 1)), new CloseAccount(), context, METRICS);
    }
}
