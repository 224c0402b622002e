package banking.account;

import banking.aggregate.Claim;
import banking.events.AccountEvent;
import banking.events.AccountEvent.TransferReceived;
import banking.events.AccountEvent.TransferRefunded;
import banking.events.TransferId;
import java.util.Set;

/** A transfer ends once: its target has the money, or its source has it back. */
public final class TransferEnd {

    private TransferEnd() {}

    static Set<Claim> claims(AccountEvent event) {
        return switch (event) {
            case TransferReceived received -> Set.of(of(received.transferId()));
            case TransferRefunded refunded -> Set.of(of(refunded.transferId()));
            default -> Set.of();
        };
    }

    static Claim of(TransferId id) {
        return new Claim("transfer-end", id.toString());
    }
}
