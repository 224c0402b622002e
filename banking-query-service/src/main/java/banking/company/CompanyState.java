package banking.company;

import banking.events.CompanyEvent;
import banking.events.CompanyEvent.CompanyRegistered;
import banking.events.CompanyEvent.CustomerJoinedCompany;
import banking.events.CompanyEvent.CustomerLeftCompany;
import banking.events.EmailDomain;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.StreamId;
import banking.projection.ViewState;
import org.jspecify.annotations.Nullable;

/** A company as its events have left it, on the way into its view. */
record CompanyState(
        StreamId id,
        long version,
        @Nullable String name,
        EmailDomain emailDomain,
        int customerCount)
        implements ViewState {

    /** Customers may join before the company registers; it has no name until then. */
    static CompanyState after(
            @Nullable CompanyState before, CompanyEvent event, Envelope<Event> envelope) {
        var id = envelope.streamId();
        long version = envelope.version();
        var name = before == null ? null : before.name;
        return switch (event) {
            case CompanyRegistered(var registered, var domain) -> {
                if (name != null) {
                    throw new IllegalStateException("the company is registered already");
                }
                int count = before == null ? 0 : before.customerCount;
                yield new CompanyState(id, version, registered, domain, count);
            }
            case CustomerJoinedCompany(_, var domain, var count) ->
                    new CompanyState(id, version, name, domain, count);
            case CustomerLeftCompany(_, var domain, var count) ->
                    new CompanyState(id, version, name, domain, count);
        };
    }
}
