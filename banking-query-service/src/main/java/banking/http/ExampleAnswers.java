package banking.http;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jspecify.annotations.Nullable;

/**
 * What the members of answers look like, in the OpenAPI document: the same name means the same in
 * all of them. A member that has an example of its own keeps it.
 */
final class ExampleAnswers {

    private static final String ID = "01890a5d-ac96-774b-bcce-b302099a8057";
    private static final String EVENT = ID + ":3";

    private static final Map<String, Object> BY_NAME =
            Map.ofEntries(
                    Map.entry("actor", "teller"),
                    Map.entry("address", "192.0.2.1"),
                    Map.entry("aggregate", ID),
                    Map.entry("amount", "12.34"),
                    Map.entry("author", "supervisor"),
                    Map.entry("because", "Asked for by the customer"),
                    Map.entry("bookingId", EVENT),
                    Map.entry("causedBy", EVENT),
                    Map.entry("code", "insufficient-funds"),
                    Map.entry("command", "FreezeAccount"),
                    Map.entry("content", "5:event,36:01890a5d-ac96-774b-bcce-b302099a8057,1:3,"),
                    Map.entry("currency", "EUR"),
                    Map.entry("email", "ann@bank.example"),
                    Map.entry("emailDomain", "bank.example"),
                    Map.entry("event", EVENT),
                    Map.entry("failure", "the database does not answer"),
                    Map.entry("hash", "9f86d081884c7d659a2feaa0c55ad015"),
                    Map.entry("key", ID),
                    Map.entry("kind", "account"),
                    Map.entry("leaf", "60303ae22b998861bce3b28f33eec1be"),
                    Map.entry("name", "Ann"),
                    Map.entry("next", "MDE4OTBhNWQ"),
                    Map.entry("operation", "deposit"),
                    Map.entry("owner", "Ann"),
                    Map.entry("payload", "{}"),
                    Map.entry("place", "banking.accounts-0-42"),
                    Map.entry("position", EVENT),
                    Map.entry("projection", "accounts"),
                    Map.entry("reason", "It takes long."),
                    Map.entry("reference", "rent"),
                    Map.entry("requestedBy", "teller"),
                    Map.entry("root", "fd61a03af4f77d870fc21e05e7e80678"),
                    Map.entry("signature", "c2lnbmVk"),
                    Map.entry("skippedBy", "operator"),
                    Map.entry("source", "journal"),
                    Map.entry("text", "Called, nobody there."),
                    Map.entry("topic", "banking.accounts"),
                    Map.entry("type", "MoneyDeposited"),
                    Map.entry("value", "application/json"),
                    Map.entry("walk", "streams"),
                    Map.entry("why", "The hash is not that of what it says."));

    private ExampleAnswers() {}

    /** Gives each member of an answer that has no example the one of its name or of its type. */
    static void complete(Schema answer) {
        if (answer.getProperties() != null) {
            answer.getProperties().forEach(ExampleAnswers::complete);
        }
    }

    private static void complete(String name, Schema member) {
        if (member.getRef() == null
                && member.getEnumeration() == null
                && member.getExamples() == null) {
            var example = of(name, member);
            if (example != null) {
                member.setExamples(List.of(example));
            }
        }
    }

    private static @Nullable Object of(String name, Schema member) {
        var known = BY_NAME.get(name);
        if (known != null) {
            return known;
        }
        var types = member.getType() == null ? List.<SchemaType>of() : member.getType();
        if (types.contains(SchemaType.BOOLEAN)) {
            return false;
        }
        if (types.contains(SchemaType.INTEGER)) {
            return 3;
        }
        if (types.contains(SchemaType.NUMBER)) {
            return 0.25;
        }
        if ("date-time".equals(member.getFormat())) {
            return "2026-11-27T10:15:30.123456Z";
        }
        return name.equals("id") || name.endsWith("Id") || name.equals("matter") ? ID : null;
    }
}
