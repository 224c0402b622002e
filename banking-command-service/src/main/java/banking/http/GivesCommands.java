package banking.http;

import java.util.List;

/** A resource with operations that give a command each. */
public interface GivesCommands {

    /** All of them, as they are called within a bulk. */
    List<CommandOperation<?>> operations();
}
