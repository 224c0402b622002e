package banking.e2e;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** All that can be asked of the bank, about what it is known to have. */
final class Requests {

    private static final int DOMAINS = 4;
    private static final int MAILBOXES = 25;
    private static final int MAX_CENTS = 10_000;

    /** A hold and the account whose money it sets aside. */
    private record Hold(String account, String id) {}

    private final Map<String, List<String>> known = new ConcurrentHashMap<>();
    private final List<Hold> holds = new CopyOnWriteArrayList<>();

    Command any(Random random) {
        String account = one("accountId", random);
        String customer = one("customerId", random);
        String employee = one("employeeId", random);
        String task = one("taskId", random);
        if (account.isEmpty() || customer.isEmpty() || employee.isEmpty() || task.isEmpty()) {
            return first(random, customer);
        }
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> register(random);
            case 3, 4 ->
                    Command.of(
                            "PUT",
                            "/customers/" + customer + "/email",
                            "{\"email\":\"%s\"}".formatted(email(random)));
            case 5 ->
                    Command.post(
                            "/companies",
                            "{\"name\":\"A company\",\"emailDomain\":\"%s\"}"
                                    .formatted(domain(random)));
            case 6 -> open(random, customer);
            case 7, 8 -> Command.deposit(account, amount(random));
            case 9 -> Command.withdraw(account, amount(random));
            case 10, 11, 12, 13 -> transfer(random, account);
            case 14 -> hold(random, account);
            case 15 -> endOfHold(random, account);
            case 16 -> restrict(random, account);
            case 17 -> assign(task, employee);
            case 18 ->
                    Command.post("/tasks/" + task + "/comments", "{\"text\":\"I looked into it\"}");
            default ->
                    random.nextInt(4) == 0
                            ? Command.post("/tasks/" + task + "/completion", "{}")
                            : assign(task, employee);
        };
    }

    private Command first(Random random, String customer) {
        return switch (random.nextInt(4)) {
            case 0 -> register(random);
            case 1 -> customer.isEmpty() ? register(random) : open(random, customer);
            case 2 ->
                    Command.post(
                            "/employees",
                            "{\"name\":\"Eve\",\"email\":\"eve%d@bank.example\"}"
                                    .formatted(random.nextInt(MAILBOXES)));
            default -> Command.post("/tasks", "{\"name\":\"Water the plants\"}");
        };
    }

    private static Command register(Random random) {
        return Command.post(
                "/customers",
                "{\"name\":\"A customer\",\"email\":\"%s\"}".formatted(email(random)));
    }

    private static Command open(Random random, String customer) {
        return Command.post(
                "/accounts",
                """
                {"owner":"A customer","currency":"EUR","customerId":"%s","openingDeposit":"%s"}"""
                        .formatted(customer, amount(random)));
    }

    private Command transfer(Random random, String from) {
        return Command.post(
                "/accounts/" + from + "/transfers",
                """
                {"to":"%s","amount":"%s","currency":"EUR","reference":"rent"}"""
                        .formatted(one("accountId", random), amount(random)));
    }

    private static Command hold(Random random, String account) {
        return Command.post(
                "/accounts/" + account + "/holds",
                """
                {"amount":"%s","currency":"EUR","expires":"%s"}"""
                        .formatted(amount(random), expiry(random)));
    }

    /** At once or not today, so that the day comes to a quiet end. */
    private static Instant expiry(Random random) {
        return Instant.now().plusSeconds(random.nextBoolean() ? 2 : 3600);
    }

    private Command endOfHold(Random random, String account) {
        if (holds.isEmpty()) {
            return hold(random, account);
        }
        Hold hold = holds.get(random.nextInt(holds.size()));
        String path = "/accounts/" + hold.account + "/holds/" + hold.id;
        // The amount is named, so that the answer tells how much has left the bank.
        return random.nextBoolean()
                ? Command.post(path + "/release", "{}")
                : Command.post(path + "/capture", "{\"amount\":\"0.01\",\"currency\":\"EUR\"}");
    }

    private static Command restrict(Random random, String account) {
        return switch (random.nextInt(6)) {
            case 0 -> Command.post("/accounts/" + account + "/freeze", "{}");
            case 1 -> Command.of("DELETE", "/accounts/" + account, "");
            default -> Command.post("/accounts/" + account + "/unfreeze", "{}");
        };
    }

    private static Command assign(String task, String employee) {
        return Command.of(
                "PUT",
                "/tasks/" + task + "/assignee",
                "{\"employeeId\":\"%s\"}".formatted(employee));
    }

    /** Few enough that people want the same ones. */
    private static String email(Random random) {
        String name = "customer" + random.nextInt(MAILBOXES);
        return (random.nextBoolean() ? name : name.toUpperCase(Locale.ROOT)) + "@" + domain(random);
    }

    private static String domain(Random random) {
        return "company" + random.nextInt(DOMAINS) + ".example";
    }

    private static String amount(Random random) {
        return BigDecimal.valueOf(1 + random.nextInt(MAX_CENTS), 2).toPlainString();
    }

    private String one(String what, Random random) {
        List<String> all = known.getOrDefault(what, List.of());
        return all.isEmpty() ? "" : all.get(random.nextInt(all.size()));
    }

    /** What was made can be asked for from now on. */
    void learn(Answer answer) {
        if (!answer.accepted()) {
            return;
        }
        String path = answer.command().path();
        if (path.endsWith("/holds")) {
            holds.add(new Hold(Path.of(path).getName(1).toString(), answer.text("holdId")));
        }
        for (String what : List.of("accountId", "customerId", "employeeId", "taskId")) {
            String collection = "/" + what.replace("Id", "s");
            if (path.equals(collection)) {
                known.computeIfAbsent(what, w -> new CopyOnWriteArrayList<>())
                        .add(answer.text(what));
            }
        }
    }
}
