package banking.pipeline;

import banking.aggregate.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Commands that one caller gives together, each for itself. They gather here before the first goes
 * into its lane, and what is made of an outcome is made by the thread that gives them: a lane has
 * nothing to do with it. Of one thread.
 */
public final class Bulk {

    private final boolean isDryRun;
    private List<Gathered> gathered = new ArrayList<>();

    /**
     * @param isDryRun whether it is only to be told what would become of the commands, as they come
     *     one after the other
     */
    public Bulk(boolean isDryRun) {
        this.isDryRun = isDryRun;
    }

    private record Gathered(PendingCommand<?, ?, ?> command, CompletableFuture<Outcome> told) {}

    /** The outcome is told once the bulk is given. */
    CompletionStage<Outcome> add(PendingCommand<?, ?, ?> command) {
        var told = new CompletableFuture<Outcome>();
        gathered.add(new Gathered(command, told));
        return told;
    }

    boolean isDryRun() {
        return isDryRun;
    }

    boolean isEmpty() {
        return gathered.isEmpty();
    }

    List<PendingCommand<?, ?, ?>> commands() {
        return gathered.stream().<PendingCommand<?, ?, ?>>map(Gathered::command).toList();
    }

    /**
     * Waits until all that has gathered is decided, and tells so. What is given on account of an
     * outcome gathers anew.
     */
    void tell() {
        var given = gathered;
        gathered = new ArrayList<>();
        for (var each : given) {
            try {
                each.told.complete(each.command.outcome().join());
            } catch (CompletionException e) {
                each.told.completeExceptionally(e.getCause() == null ? e : e.getCause());
            }
        }
    }
}
