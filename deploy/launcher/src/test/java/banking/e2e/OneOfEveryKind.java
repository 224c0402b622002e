package banking.e2e;

import static banking.e2e.BankClient.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import banking.events.ApprovalEvent.ApprovalExpired;
import banking.events.Event;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Aggregates that between them are in every state there is, and have or will have had every event.
 * All of it is asked for over HTTP, so it does not matter what the services are: the JVM's, or
 * native.
 */
final class OneOfEveryKind {

    private static final String MONEY = "{\"amount\":\"1.00\",\"currency\":\"EUR\"}";

    private final BankClient bank;
    private final String company;
    private final String customer;
    private final String erasedCustomer;
    private final String employee;
    private final String openTask;
    private final String completedTask;
    private final String openAccount;
    private final String frozenAccount;
    private final String closedAccount;
    private final String anotherAccount;
    private final List<String> approvals = new ArrayList<>();

    OneOfEveryKind(BankClient bank) throws IOException {
        this.bank = bank;
        company = made("/companies", "companyId", "{'name':'Kinds','emailDomain':'kinds.example'}");
        customer = made("/customers", "customerId", "{'name':'Kim','email':'kim@kinds.example'}");
        change("PUT", "/customers/" + customer + "/email", "{'email':'kim@unregistered.example'}");
        erasedCustomer =
                made("/customers", "customerId", "{'name':'Kit','email':'kit@kinds.example'}");
        Command erasure = Command.post("/customers/" + erasedCustomer + "/erasure", "");
        assertThat(bank.supervise(erasure).accepted()).isTrue();
        employee = made("/employees", "employeeId", "{'name':'Eve','email':'eve@bank.example'}");
        openTask = made("/tasks", "taskId", "{'name':'Open','customerId':'" + customer + "'}");
        completedTask = made("/tasks", "taskId", "{'name':'Completed'}");
        post("/tasks/" + completedTask + "/comments", "{'text':'done'}");
        post("/tasks/" + completedTask + "/completion", "{}");
        openAccount = account();
        frozenAccount = account();
        closedAccount = account();
        anotherAccount = account();
        restrict();
        move();
        waitForAnother();
    }

    /** So much leaves an account only once another has approved it, and of two only the first. */
    private void waitForAnother() throws IOException {
        bank.accepted(Command.deposit(anotherAccount, "40000.00"));
        List<String> decisions = List.of("approval", "approval", "refusal");
        for (int i = 0; i < decisions.size(); i++) {
            approvals.add(
                    bank.accepted(Command.withdraw(anotherAccount, "30000.00"))
                            .body()
                            .get("approvalId")
                            .asText());
        }
        for (int i = 0; i < decisions.size(); i++) {
            Answer answer =
                    bank.give(
                            command(
                                    "POST",
                                    "/approvals/" + approvals.get(i) + "/" + decisions.get(i),
                                    "{'reason':'Call first'}"),
                            "supervisor");
            assertThat(answer.accepted()).as("%s", answer).isTrue();
        }
    }

    private void restrict() throws IOException {
        post("/accounts/" + frozenAccount + "/freeze", "{}");
        post("/accounts/" + frozenAccount + "/unfreeze", "{}");
        post("/accounts/" + frozenAccount + "/freeze", "{}");
        change("DELETE", "/accounts/" + closedAccount, "");
        change("PUT", "/accounts/" + openAccount + "/overdraft-limit", MONEY);
    }

    private void move() throws IOException {
        bank.accepted(Command.deposit(openAccount, "100.00"));
        bank.accepted(Command.withdraw(openAccount, "1.00"));
        transfer(anotherAccount);
        transfer(UUID.randomUUID().toString());
        String holds = "/accounts/" + openAccount + "/holds";
        post(holds + "/" + hold(holds, 3600) + "/capture", MONEY);
        post(holds + "/" + hold(holds, 3600) + "/release", "{}");
        hold(holds, 3600);
    }

    /** Asks something of each, to which the answer follows from what is stored of it. */
    void answerFromWhatIsStored() throws IOException {
        bank.accepted(Command.deposit(openAccount, "1.00"));
        // It expires once the timer has read the account, with the hold that does not yet.
        hold("/accounts/" + openAccount + "/holds", 2);
        refuses(Command.deposit(frozenAccount, "1.00"), "account-frozen");
        refuses(Command.deposit(closedAccount, "1.00"), "account-closed");
        refuses(
                command("POST", "/companies", "{'name':'Kinds','emailDomain':'kinds.example'}"),
                "company-already-registered");
        change("PUT", "/customers/" + customer + "/email", "{'email':'kim@kinds.example'}");
        refuses(
                command(
                        "PUT",
                        "/customers/" + erasedCustomer + "/email",
                        "{'email':'kit@kinds.example'}"),
                "customer-erased");
        refuses(
                command("POST", "/tasks/" + completedTask + "/comments", "{'text':'late'}"),
                "task-completed");
        // The e-mail is to the address that is stored of the employee.
        change("PUT", "/tasks/" + openTask + "/assignee", "{'employeeId':'" + employee + "'}");
        eventually()
                .untilAsserted(
                        () -> assertThat(events()).containsAll(simpleNames(Event.class).toList()));
        streams()
                .forEach(
                        (id, type) ->
                                assertThat(bank.replayed(type, id).get("intact").asBoolean())
                                        .as("%s %s", type, id)
                                        .isTrue());
        // No policy has stumbled over the company that has customers and is not registered.
        bank.awaitQuiet();
    }

    private static Stream<String> simpleNames(Class<?> event) {
        if (event == ApprovalExpired.class) {
            // That takes a week.
            return Stream.of();
        }
        return event.isSealed()
                ? Arrays.stream(event.getPermittedSubclasses()).flatMap(OneOfEveryKind::simpleNames)
                : Stream.of(event.getSimpleName());
    }

    /** The types of all events that they have had. */
    private List<String> events() {
        return streams().entrySet().stream()
                .flatMap(stream -> bank.journal(stream.getValue(), stream.getKey()).stream())
                .map(event -> event.get("type").asText())
                .distinct()
                .toList();
    }

    private Map<String, String> streams() {
        Map<String, String> streams = new HashMap<>();
        approvals.forEach(approval -> streams.put(approval, "approval"));
        streams.putAll(
                Map.of(
                        company, "company",
                        customer, "customer",
                        erasedCustomer, "customer",
                        employee, "employee",
                        openTask, "task",
                        completedTask, "task",
                        openAccount, "account",
                        frozenAccount, "account",
                        closedAccount, "account",
                        anotherAccount, "account"));
        return streams;
    }

    private String account() throws IOException {
        return bank.accepted(Command.open("Kim")).account();
    }

    private void transfer(String to) throws IOException {
        post(
                "/accounts/" + openAccount + "/transfers",
                "{'to':'" + to + "','amount':'1.00','currency':'EUR'}");
    }

    private String hold(String holds, int seconds) throws IOException {
        Instant expiry = Instant.now().plusSeconds(seconds);
        return made(
                holds, "holdId", "{'amount':'1.00','currency':'EUR','expires':'" + expiry + "'}");
    }

    private String made(String path, String id, String body) throws IOException {
        return post(path, body).get(id).asText();
    }

    private JsonNode post(String path, String body) throws IOException {
        return change("POST", path, body);
    }

    private JsonNode change(String method, String path, String body) throws IOException {
        return bank.accepted(command(method, path, body)).body();
    }

    private void refuses(Command command, String code) throws IOException {
        Answer answer = bank.give(command);
        assertThat(answer.refusedFor(code)).as("%s", answer).isTrue();
    }

    private static Command command(String method, String path, String body) {
        return Command.of(method, path, body.replace('\'', '"'));
    }
}
