package banking;

import banking.events.CommandId;
import banking.pipeline.CommandContext;
import banking.security.Caller;
import banking.security.Role;
import java.util.Set;
import java.util.UUID;

/** What comes with commands that tests give to the pipeline itself. */
public final class Contexts {

    /** Who may give every command. */
    public static final Caller ANYBODY =
            new Caller("test", Set.of(Role.TELLER, Role.POLICY, Role.TIMER), null);

    private Contexts() {}

    /** Of a caller who cannot give the command again, since the id is not theirs. */
    public static CommandContext once() {
        return once("test");
    }

    public static CommandContext once(String correlationId) {
        return CommandContext.once(new CommandId(UUID.randomUUID()), correlationId, ANYBODY, null);
    }
}
