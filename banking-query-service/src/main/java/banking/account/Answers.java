package banking.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

final class Answers {

    private Answers() {}

    @Schema(name = "Account")
    record Account(
            UUID accountId,
            long version,
            AccountStatus status,
            String owner,
            @Nullable UUID customerId,
            Amount balance,
            Amount overdraftLimit,
            @Schema(description = "What open holds set aside of it") Amount held,
            @Schema(description = "balance + overdraftLimit - held") Amount available,
            Instant openedAt,
            Instant updatedAt,
            @Schema(description = "Whether an event of this account waits to be looked into")
                    boolean behind) {

        static Account of(AccountView view) {
            return new Account(
                    view.id,
                    view.version,
                    view.status,
                    view.owner,
                    view.customerId,
                    Amount.of(view.balanceMinor, view.currency),
                    Amount.of(view.overdraftLimitMinor, view.currency),
                    Amount.of(view.heldMinor, view.currency),
                    Amount.of(view.availableMinor(), view.currency),
                    view.openedAt,
                    view.updatedAt,
                    view.behind);
        }
    }

    @Schema(name = "AccountPage")
    record Accounts(List<Account> accounts, @Nullable UUID next) {}

    @Schema(name = "StatementEntry")
    record Entry(
            long version,
            EntryKind kind,
            Amount amount,
            Amount balance,
            @Nullable UUID transferId,
            @Nullable UUID counterpartyId,
            @Nullable String reference,
            Instant occurredAt) {

        static Entry of(StatementLine line) {
            return new Entry(
                    line.version,
                    line.kind,
                    Amount.of(line.amountMinor, line.currency),
                    Amount.of(line.balanceMinor, line.currency),
                    line.transferId,
                    line.counterpartyId,
                    line.reference,
                    line.occurredAt);
        }
    }

    @Schema(name = "StatementPage")
    record Statement(UUID accountId, boolean behind, List<Entry> entries, @Nullable Long next) {}

    @Schema(name = "Balance")
    record Balance(
            UUID accountId,
            long version,
            Amount balance,
            @Nullable Amount available,
            boolean behind) {}

    @Schema(name = "Hold")
    record Hold(
            UUID holdId,
            HoldStatus status,
            Amount amount,
            @Nullable Amount captured,
            @Nullable String reference,
            Instant placedAt,
            Instant expiresAt,
            @Nullable Instant settledAt) {

        static Hold of(HoldView view) {
            return new Hold(
                    view.holdId,
                    view.status,
                    Amount.of(view.amountMinor, view.currency),
                    view.status == HoldStatus.CAPTURED
                            ? Amount.of(view.capturedMinor, view.currency)
                            : null,
                    view.reference,
                    view.placedAt,
                    view.expiresAt,
                    view.settledAt);
        }
    }

    @Schema(name = "HoldPage")
    record Holds(UUID accountId, boolean behind, List<Hold> holds, @Nullable UUID next) {}
}
