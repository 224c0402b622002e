package banking.company;

import banking.aggregate.AggregateType;
import banking.aggregate.NameBasedId;
import banking.aggregate.StateFormat;
import banking.events.CompanyEvent;
import banking.events.CompanyId;
import banking.events.EmailDomain;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** The company, as the bank knows it; its states are written as JSON. */
@RegisterForReflection(
        targets = {
            Company.Unheard.class,
            Company.Unregistered.class,
            Company.Registered.class,
            CompanyAnswer.class,
        })
public final class CompanyType {

    @Produces @Singleton
    public static final AggregateType<Company, CompanyCommand, CompanyEvent> COMPANY =
            AggregateType.of(
                            CompanyEvent.class,
                            CompanyId::new,
                            new StateFormat<>(
                                    Company.class,
                                    List.of(
                                            Company.Unheard.class,
                                            Company.Unregistered.class,
                                            Company.Registered.class)),
                            new Company.Unheard(),
                            Company::decide,
                            Company::evolve,
                            CompanyAnswer::of)
                    .withCommands(
                            List.of(
                                    CompanyCommand.RegisterCompany.class,
                                    CompanyCommand.JoinCompany.class,
                                    CompanyCommand.LeaveCompany.class),
                            CompanyCommand::isSound)
                    .withRefusals(CompanyRefusal.values());

    private CompanyType() {}

    /** One company a domain: two that register it at once meet in one stream. */
    static CompanyId id(EmailDomain domain) {
        return new CompanyId(NameBasedId.of("company/" + domain));
    }
}
