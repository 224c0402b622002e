package banking.approval;

import banking.aggregate.AggregateType;
import banking.aggregate.StateFormat;
import banking.events.ApprovalEvent;
import banking.events.ApprovalId;
import banking.events.WrittenCommand;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** The approval, as the bank knows it; its states are written as JSON. */
@RegisterForReflection(
        targets = {
            Approval.NotRequested.class,
            Approval.Waiting.class,
            Approval.Granted.class,
            Approval.Refused.class,
            Approval.Expired.class,
            Approval.Request.class,
            Approval.Progress.class,
            WrittenCommand.class,
            ApprovalAnswer.class,
        })
public final class ApprovalType {

    @Produces @Singleton
    public static final AggregateType<Approval, ApprovalCommand, ApprovalEvent> APPROVAL =
            AggregateType.of(
                            ApprovalEvent.class,
                            ApprovalId::new,
                            new StateFormat<>(
                                    Approval.class,
                                    List.of(
                                            Approval.NotRequested.class,
                                            Approval.Waiting.class,
                                            Approval.Granted.class,
                                            Approval.Refused.class,
                                            Approval.Expired.class)),
                            new Approval.NotRequested(),
                            Approval::decide,
                            Approval::evolve,
                            ApprovalAnswer::of)
                    .withCommands(
                            List.of(
                                    ApprovalCommand.RequestApproval.class,
                                    ApprovalCommand.GrantApproval.class,
                                    ApprovalCommand.RefuseApproval.class,
                                    ApprovalCommand.ExpireApproval.class,
                                    ApprovalCommand.RecordCarriedOut.class,
                                    ApprovalCommand.RecordFailed.class),
                            ApprovalCommand::isSound)
                    .withRefusals(ApprovalRefusal.values())
                    .withReferences(Approval::references)
                    .withDue(Approval::due);

    private ApprovalType() {}
}
