package banking.approval;

import static banking.approval.ApprovalType.APPROVAL;

import banking.aggregate.AggregateType;
import banking.aggregate.CommandFormat;
import banking.aggregate.Decision;
import banking.aggregate.NameBasedId;
import banking.aggregate.Outcome;
import banking.approval.ApprovalCommand.RequestApproval;
import banking.events.AggregateId;
import banking.events.ApprovalId;
import banking.events.CommandId;
import banking.events.Event;
import banking.events.WrittenCommand;
import banking.pipeline.CommandContext;
import banking.pipeline.CommandPipeline;
import banking.security.Caller;
import banking.security.Permissions;
import banking.security.Role;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Gives commands of requests, those at once that their giver may give alone. What needs a second
 * pair of eyes becomes a request for it, under an id that follows from the command's: so it is one
 * request however often the command comes.
 */
@ApplicationScoped
public class Approvals {

    private static final String FOUR_EYES = "four-eyes";

    private final CommandPipeline pipeline;
    private final Set<String> waiting = new HashSet<>();
    private final Set<Role> givers;
    private final Duration decidedWithin;
    private final Clock clock = Clock.systemUTC();

    /**
     * @throws IllegalStateException where the configuration names a command that cannot wait
     */
    Approvals(CommandPipeline pipeline, LimitsConfig config) {
        this.pipeline = pipeline;
        config.fourEyes().ifPresent(waiting::addAll);
        for (var command : waiting) {
            var permission = Permissions.of(command);
            if (permission == null || !permission.mayWait()) {
                throw new IllegalStateException(command + " is no command that can wait");
            }
        }
        givers = Role.ofCaller(config.fourEyesOf());
        decidedWithin = config.decidedWithin();
    }

    /**
     * What became of a command, or of the request that it became.
     *
     * @param waits whether the outcome is the request's
     */
    public record Given(Outcome outcome, boolean waits) {}

    public <S, C, E extends Event> CompletionStage<Given> give(
            AggregateType<S, C, E> type, AggregateId<E> id, C command, CommandContext context) {
        if (waiting.contains(command.getClass().getSimpleName())
                && context.caller().roles().stream().anyMatch(givers::contains)) {
            return request(type, id, command, context, FOUR_EYES);
        }
        return pipeline.execute(type, id.stream(), command, context)
                .thenCompose(
                        outcome ->
                                outcome instanceof Outcome.Refused(var rejection, _)
                                                && rejection.refusal().canBeApproved()
                                        ? request(type, id, command, context, rejection.code())
                                        : CompletableFuture.completedFuture(
                                                new Given(outcome, false)));
    }

    private <S, C, E extends Event> CompletionStage<Given> request(
            AggregateType<S, C, E> type,
            AggregateId<E> id,
            C command,
            CommandContext context,
            String because) {
        var approval = NameBasedId.of("approval/" + context.id());
        var begins = type.decide(type.initial(), command) instanceof Decision.Accepted;
        var request =
                new RequestApproval(
                        new ApprovalId(approval),
                        new WrittenCommand(
                                command.getClass().getSimpleName(),
                                type.name(),
                                id.value(),
                                CommandFormat.write(type.approved(command))),
                        because,
                        begins ? null : id,
                        context.actor(),
                        context.caller().customer(),
                        clock.instant().plus(decidedWithin).truncatedTo(ChronoUnit.MICROS));
        return pipeline.execute(
                        APPROVAL,
                        request.approvalId().stream(),
                        request,
                        ofTheBank(context, approval))
                .thenApply(outcome -> new Given(outcome, true));
    }

    /** The bank asks for the approval, in the name of who has given the command. */
    private static CommandContext ofTheBank(CommandContext context, UUID id) {
        return new CommandContext(
                new CommandId(id),
                context.requestHash(),
                context.rejectionIsFinal(),
                null,
                context.correlationId(),
                new Caller(context.actor(), Set.of(Role.POLICY), null),
                context.address(),
                context.traceparent(),
                null,
                context.bulk());
    }
}
