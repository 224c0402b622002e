package banking.transfer;

import banking.account.Amount;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

final class Answers {

    private Answers() {}

    @Schema(name = "Transfer")
    record Transfer(
            UUID transferId,
            TransferStatus status,
            UUID from,
            UUID to,
            Amount amount,
            @Nullable String reference,
            @Schema(description = "The code of the target's refusal", examples = "account-closed")
                    @Nullable String reason,
            Instant requestedAt,
            @Nullable Instant settledAt,
            @Schema(description = "Whether an event of the source waits to be looked into")
                    boolean behind) {

        static Transfer of(TransferView view) {
            return new Transfer(
                    view.transferId,
                    view.status,
                    view.fromAccount,
                    view.toAccount,
                    Amount.of(view.amountMinor, view.currency),
                    view.reference,
                    view.reason,
                    view.requestedAt,
                    view.settledAt,
                    view.behind);
        }
    }

    @Schema(name = "TransferPage")
    record Transfers(
            UUID accountId, boolean behind, List<Transfer> transfers, @Nullable UUID next) {}
}
