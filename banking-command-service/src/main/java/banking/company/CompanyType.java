package banking.company;

import banking.events.CompanyEvent;
import banking.events.EmailDomain;
import banking.events.StreamId;
import banking.pipeline.AggregateType;
import banking.pipeline.Decision;
import banking.pipeline.NameBasedId;
import banking.pipeline.StateFormat;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** The company, as the pipeline knows it; its states are written as JSON. */
@RegisterForReflection(
        targets = {
            Company.Unheard.class,
            Company.Unregistered.class,
            Company.Registered.class,
            CompanyAnswer.class,
        })
public class CompanyType implements AggregateType<Company, CompanyCommand, CompanyEvent> {

    public static final CompanyType COMPANY = new CompanyType();

    private final StateFormat<Company> format =
            new StateFormat<>(
                    Company.class,
                    List.of(
                            Company.Unheard.class,
                            Company.Unregistered.class,
                            Company.Registered.class));

    CompanyType() {}

    /**
     * For who asks for all types. With this in it, the type itself would be a bean too: a second
     * one.
     */
    static final class Bean {

        private Bean() {}

        @Produces
        @Singleton
        static CompanyType company() {
            return COMPANY;
        }
    }

    /** One company a domain: two that register it at once meet in one stream. */
    static StreamId id(EmailDomain domain) {
        return new StreamId(NameBasedId.of("company/" + domain));
    }

    @Override
    public String name() {
        return "company";
    }

    @Override
    public Class<CompanyEvent> eventType() {
        return CompanyEvent.class;
    }

    @Override
    public StateFormat<Company> format() {
        return format;
    }

    @Override
    public Company initial() {
        return new Company.Unheard();
    }

    @Override
    public Decision<CompanyEvent> decide(Company state, CompanyCommand command) {
        return Company.decide(state, command);
    }

    @Override
    public Company evolve(Company state, CompanyEvent event) {
        return Company.evolve(state, event);
    }

    @Override
    public Object answer(StreamId id, long version, Company state) {
        return CompanyAnswer.of(id, version, state);
    }
}
