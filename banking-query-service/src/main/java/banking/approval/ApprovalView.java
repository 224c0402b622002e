package banking.approval;

import banking.events.ApprovalEvent;
import banking.events.ApprovalEvent.ApprovalCarriedOut;
import banking.events.ApprovalEvent.ApprovalExpired;
import banking.events.ApprovalEvent.ApprovalFailed;
import banking.events.ApprovalEvent.ApprovalGranted;
import banking.events.ApprovalEvent.ApprovalRefused;
import banking.events.ApprovalEvent.ApprovalRequested;
import banking.events.CustomerId;
import banking.paging.Conditions;
import banking.paging.Page;
import banking.view.EntityTables;
import banking.view.FreshViews;
import banking.view.View;
import banking.view.ViewProjection;
import jakarta.inject.Singleton;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A command that waits for a second pair of eyes, or did. */
@Entity
@Immutable
@SuppressWarnings("NullAway.Init") // Hibernate or the first event fills it in.
class ApprovalView extends View<ApprovalEvent> {

    private static final String PROJECTION = "approvals";

    static final FreshViews.Kind<ApprovalEvent, ApprovalView> KIND =
            FreshViews.Kind.of(PROJECTION, "approval", ApprovalEvent.class, ApprovalView.class)
                    .ownedBy(
                            view ->
                                    view.customerId == null
                                            ? null
                                            : new CustomerId(view.customerId));

    @Singleton
    static class Projection extends ViewProjection<ApprovalView, ApprovalEvent> {
        Projection(EntityTables tables) {
            super(KIND, ApprovalView::new, tables);
        }
    }

    String command;
    String targetKind;
    UUID targetId;

    /** JSON. */
    String details;

    String because;
    String requestedBy;
    @Nullable UUID customerId;

    @Enumerated(EnumType.STRING)
    ApprovalStatus status;

    @Nullable String decidedBy;
    @Nullable String reason;
    Instant requestedAt;
    Instant expiresAt;
    Instant updatedAt;

    @Formula(FreshViews.BEHIND_IN + PROJECTION + FreshViews.END)
    boolean behind;

    @Override
    protected void apply(ApprovalEvent event, Instant at) {
        if (isNew() != event instanceof ApprovalRequested) {
            throw new IllegalStateException(
                    isNew() ? "it was never asked for" : "it was asked for already");
        }
        switch (event) {
            case ApprovalRequested requested -> ask(requested, at);
            case ApprovalGranted(_, var by) -> {
                status = ApprovalStatus.APPROVED;
                decidedBy = by;
            }
            case ApprovalRefused(var by, var why) -> {
                status = ApprovalStatus.REFUSED;
                decidedBy = by;
                reason = why;
            }
            case ApprovalExpired() -> status = ApprovalStatus.EXPIRED;
            case ApprovalCarriedOut() -> status = ApprovalStatus.CARRIED_OUT;
            case ApprovalFailed(var code, _) -> {
                status = ApprovalStatus.FAILED;
                reason = code;
            }
        }
        updatedAt = at;
    }

    private void ask(ApprovalRequested requested, Instant at) {
        var written = requested.command();
        command = written.name();
        targetKind = written.kind();
        targetId = written.target();
        details = written.json();
        because = requested.because();
        requestedBy = requested.requestedBy();
        customerId = requested.customerId() == null ? null : requested.customerId().value();
        status = ApprovalStatus.WAITING;
        requestedAt = at;
        expiresAt = requested.expiresAt();
    }

    static Page<ApprovalView> page(Filter filter, @Nullable UUID after, int limit) {
        return new Conditions()
                .and("status = :status", "status", filter.status)
                .and("targetId = :target", "target", filter.target)
                .and("requestedBy = :by", "by", filter.requestedBy)
                .and("customerId = :customer", "customer", filter.customer)
                .and("id > :after", "after", after)
                .page((query, values) -> ApprovalView.find(query, values), "id", limit);
    }

    record Filter(
            @Nullable ApprovalStatus status,
            @Nullable UUID target,
            @Nullable String requestedBy,
            @Nullable CustomerId customer) {}
}
