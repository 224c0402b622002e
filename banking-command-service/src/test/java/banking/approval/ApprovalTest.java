package banking.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.aggregate.Decision;
import banking.approval.ApprovalCommand.ExpireApproval;
import banking.approval.ApprovalCommand.GrantApproval;
import banking.approval.ApprovalCommand.RecordCarriedOut;
import banking.approval.ApprovalCommand.RecordFailed;
import banking.approval.ApprovalCommand.RefuseApproval;
import banking.approval.ApprovalCommand.RequestApproval;
import banking.events.AccountId;
import banking.events.ApprovalEvent;
import banking.events.ApprovalEvent.ApprovalCarriedOut;
import banking.events.ApprovalEvent.ApprovalExpired;
import banking.events.ApprovalEvent.ApprovalFailed;
import banking.events.ApprovalEvent.ApprovalGranted;
import banking.events.ApprovalEvent.ApprovalRefused;
import banking.events.ApprovalEvent.ApprovalRequested;
import banking.events.ApprovalId;
import banking.events.WrittenCommand;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ApprovalTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final ApprovalId ID = new ApprovalId(new UUID(0, 1));
    private static final AccountId ACCOUNT = new AccountId(new UUID(0, 2));
    private static final WrittenCommand FREEZE =
            new WrittenCommand("FreezeAccount", "account", ACCOUNT.value(), "{}");
    private static final RequestApproval REQUEST =
            new RequestApproval(ID, FREEZE, "four-eyes", ACCOUNT, "teller", null, LATER);
    private static final ApprovalEvent REQUESTED =
            new ApprovalRequested(ID, FREEZE, "four-eyes", "teller", null, LATER);
    private static final ApprovalEvent GRANTED = new ApprovalGranted(FREEZE, "supervisor");
    private static final GrantApproval GRANT = new GrantApproval("supervisor", NOW);

    private record When(Decision<ApprovalEvent> decision) {

        void then(ApprovalEvent... events) {
            assertThat(decision).isEqualTo(new Decision.Accepted<>(List.of(events)));
        }

        void thenRejected(String code) {
            assertThat(decision)
                    .isInstanceOfSatisfying(
                            Decision.Rejected.class,
                            rejected -> assertThat(rejected.rejection().code()).isEqualTo(code));
        }
    }

    private static Approval given(ApprovalEvent... history) {
        Approval state = new Approval.NotRequested();
        for (var event : history) {
            state = Approval.evolve(state, event);
        }
        return state;
    }

    private static When when(Approval state, ApprovalCommand command) {
        return new When(Approval.decide(state, command));
    }

    @Test
    void what_needs_another_waits_for_one() {
        when(given(), REQUEST).then(REQUESTED);
        assertThat(Approval.references(REQUEST)).containsExactly(ACCOUNT);
        when(given(REQUESTED), REQUEST).thenRejected("approval-settled");
    }

    @Test
    void another_approves_or_refuses_it_once() {
        when(given(REQUESTED), GRANT).then(GRANTED);
        var refusal = new RefuseApproval("supervisor", "Call first", NOW);
        when(given(REQUESTED), refusal).then(new ApprovalRefused("supervisor", "Call first"));
        when(given(REQUESTED, GRANTED), GRANT).thenRejected("approval-settled");
        when(given(REQUESTED, GRANTED), refusal).thenRejected("approval-settled");
        when(given(REQUESTED, new ApprovalRefused("supervisor", "no")), GRANT)
                .thenRejected("approval-settled");
        when(given(), GRANT).thenRejected("approval-not-found");
    }

    @Test
    void who_has_asked_for_it_does_not_decide_on_it() {
        when(given(REQUESTED), new GrantApproval("teller", NOW)).thenRejected("own-request");
        when(given(REQUESTED), new RefuseApproval("teller", "no", NOW)).thenRejected("own-request");
    }

    @Test
    void what_nobody_decides_on_in_time_expires_and_is_never_approved() {
        when(given(REQUESTED), new GrantApproval("supervisor", LATER))
                .thenRejected("approval-expired");
        when(given(REQUESTED), new ExpireApproval()).then(new ApprovalExpired());
        when(given(REQUESTED, new ApprovalExpired()), GRANT).thenRejected("approval-expired");
        when(given(REQUESTED, GRANTED), new ExpireApproval()).then();
        assertThat(Approval.due(given(REQUESTED)))
                .satisfies(due -> assertThat(due.at()).isEqualTo(LATER));
        assertThat(Approval.due(given(REQUESTED, GRANTED))).isNull();
    }

    @Test
    void what_became_of_the_command_is_recorded_once() {
        var failed = new ApprovalFailed("account-frozen", "The account is frozen.");
        var recordFailed = new RecordFailed("account-frozen", "The account is frozen.");
        when(given(REQUESTED, GRANTED), new RecordCarriedOut()).then(new ApprovalCarriedOut());
        when(given(REQUESTED, GRANTED), recordFailed).then(failed);
        when(given(REQUESTED, GRANTED, failed), new RecordCarriedOut()).then();
        when(given(REQUESTED, GRANTED, new ApprovalCarriedOut()), recordFailed).then();
        when(given(REQUESTED), new RecordCarriedOut()).then();
    }

    @Test
    void an_event_that_cannot_follow_breaks_the_journal() {
        assertThatThrownBy(() -> given(GRANTED)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> given(REQUESTED, new ApprovalCarriedOut()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_refusal_has_a_reason() {
        assertThat(ApprovalCommand.isSound(new RefuseApproval("supervisor", " ", NOW))).isFalse();
        assertThat(ApprovalCommand.isSound(GRANT)).isTrue();
    }
}
