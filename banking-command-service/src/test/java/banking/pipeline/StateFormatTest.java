package banking.pipeline;

import static banking.account.AccountType.ACCOUNT;
import static banking.approval.ApprovalType.APPROVAL;
import static banking.company.CompanyType.COMPANY;
import static banking.customer.CustomerType.CUSTOMER;
import static banking.employee.EmployeeType.EMPLOYEE;
import static banking.task.TaskType.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import banking.aggregate.AggregateType;
import banking.events.AccountEvent.AccountClosed;
import banking.events.AccountEvent.AccountFrozen;
import banking.events.AccountEvent.AccountOpened;
import banking.events.AccountEvent.HoldPlaced;
import banking.events.AccountEvent.MoneyDeposited;
import banking.events.AccountEvent.TransferRequested;
import banking.events.AccountId;
import banking.events.ApprovalEvent.ApprovalExpired;
import banking.events.ApprovalEvent.ApprovalGranted;
import banking.events.ApprovalEvent.ApprovalRefused;
import banking.events.ApprovalEvent.ApprovalRequested;
import banking.events.ApprovalId;
import banking.events.CompanyEvent.CompanyRegistered;
import banking.events.CompanyEvent.CustomerJoinedCompany;
import banking.events.Currency;
import banking.events.CustomerEvent.CustomerErased;
import banking.events.CustomerEvent.CustomerRegistered;
import banking.events.CustomerId;
import banking.events.EmailAddress;
import banking.events.EmployeeEvent.EmployeeRegistered;
import banking.events.EmployeeId;
import banking.events.Event;
import banking.events.HoldId;
import banking.events.Money;
import banking.events.TaskEvent.TaskAssigned;
import banking.events.TaskEvent.TaskCompleted;
import banking.events.TaskEvent.TaskCreated;
import banking.events.TransferId;
import banking.events.WrittenCommand;
import banking.rules.WrittenTypes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StateFormatTest {

    private static final AccountId OTHER = new AccountId(UUID.randomUUID());
    private static final CustomerId CUSTOMER_ID = new CustomerId(UUID.randomUUID());
    private static final EmployeeId EMPLOYEE_ID = new EmployeeId(UUID.randomUUID());
    private static final Currency EUR = new Currency("EUR");
    private static final Money TEN = new Money(1000, EUR);
    private static final EmailAddress ALICE = new EmailAddress("alice@acme.example");

    private static final WrittenCommand FREEZE =
            new WrittenCommand("FreezeAccount", "account", OTHER.value(), "{}");
    private static final Event REQUESTED =
            new ApprovalRequested(
                    new ApprovalId(UUID.randomUUID()),
                    FREEZE,
                    "four-eyes",
                    "teller",
                    null,
                    Instant.EPOCH);

    /** Events that between them lead through every state that an aggregate can be in. */
    static Stream<Arguments> lives() {
        return Stream.of(
                arguments(
                        ACCOUNT,
                        List.of(
                                new AccountOpened("Alice", EUR, CUSTOMER_ID),
                                new MoneyDeposited(TEN, TEN, null),
                                new HoldPlaced(
                                        new HoldId(UUID.randomUUID()), TEN, Instant.EPOCH, null),
                                new TransferRequested(
                                        new TransferId(UUID.randomUUID()), OTHER, TEN, TEN, "rent"),
                                new AccountFrozen("court order"),
                                new AccountClosed())),
                arguments(
                        CUSTOMER,
                        List.of(
                                new CustomerRegistered("Alice", ALICE),
                                new CustomerErased(ALICE.domain()))),
                arguments(
                        COMPANY,
                        List.of(
                                new CustomerJoinedCompany(CUSTOMER_ID, ALICE.domain(), 1),
                                new CompanyRegistered("ACME", ALICE.domain()))),
                arguments(APPROVAL, List.of(REQUESTED, new ApprovalGranted(FREEZE, "supervisor"))),
                arguments(APPROVAL, List.of(REQUESTED, new ApprovalRefused("supervisor", "no"))),
                arguments(APPROVAL, List.of(REQUESTED, new ApprovalExpired())),
                arguments(EMPLOYEE, List.of(new EmployeeRegistered("Eve", ALICE))),
                arguments(
                        TASK,
                        List.of(
                                new TaskCreated("Water the plants", CUSTOMER_ID),
                                new TaskAssigned(EMPLOYEE_ID, "Water the plants"),
                                new TaskCompleted())));
    }

    @ParameterizedTest
    @MethodSource("lives")
    void every_state_is_read_back_as_it_was_written(AggregateType<?, ?, ?> type, List<Event> life) {
        isReadBack(type, life);
    }

    private static <S, E extends Event> void isReadBack(
            AggregateType<S, ?, E> type, List<Event> life) {
        assertThat(states(type, life))
                .allSatisfy(
                        state ->
                                assertThat(type.format().read(type.format().write(state)))
                                        .isEqualTo(state));
    }

    private static <S, E extends Event> List<S> states(
            AggregateType<S, ?, E> type, List<Event> life) {
        var states = new ArrayList<>(List.of(type.initial()));
        life.forEach(event -> states.add(type.replayed(states.getLast(), event)));
        return states;
    }

    @SuppressWarnings("unchecked") // As the lives have it.
    @Test
    void these_are_all_states_that_there_are() {
        var states = new HashSet<Class<?>>();
        var known = new HashSet<Class<?>>();
        lives().map(Arguments::get)
                .forEach(
                        life -> {
                            var type = (AggregateType<?, ?, ?>) life[0];
                            states(type, (List<Event>) life[1])
                                    .forEach(state -> states.add(state.getClass()));
                            WrittenTypes.records(type.initial().getClass().getInterfaces()[0])
                                    .forEach(known::add);
                        });
        assertThat(states).isEqualTo(known);
    }
}
