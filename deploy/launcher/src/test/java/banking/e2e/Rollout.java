package banking.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import banking.launcher.ServiceProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Each service behind a balancer, from one process to four and back to one while customers are at
 * work, as Kubernetes does it: the first of each is replaced on the way, and one of each is killed.
 */
final class Rollout implements AutoCloseable {

    private static final int SOME = 100;
    private static final int LOOKS = 10;

    /** On a machine that starts processes meanwhile; what is measured is printed. */
    private static final Duration HANDED_OVER_WITHIN = Duration.ofSeconds(20);

    /** The killed one's session of six seconds, and what a busy machine takes. */
    private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(30);

    private final RunningBank bank;
    private final Balancer balancer;
    private final BankClient client;

    /** Those that are not the bank's own, which other tests go on with. */
    private final List<ServiceProcess> others = new ArrayList<>();

    Rollout(RunningBank bank) throws IOException {
        this.bank = bank;
        balancer = new Balancer();
        client = new BankClient(List.of(balancer.uri()), balancer.uri());
    }

    void run() throws Exception {
        balancer.use(List.of(bank.command(), bank.query()));
        try (Load load = bank.load(client);
                Onlookers onlookers = new Onlookers(client)) {
            onlookers.awaitEach(LOOKS, Onlookers.now());
            List<ServiceProcess> commands =
                    join("one to four command services", onlookers, () -> three(bank.command()));
            List<ServiceProcess> queries =
                    join("one to four query services", onlookers, () -> three(bank.query()));
            stop(onlookers, bank.command(), bank.query());
            join("both first ones again", onlookers, this::firstOnes);
            stop(onlookers, commands.get(0), queries.get(0), commands.get(1));
            load.awaitMore(SOME);
            assertThat(balancer.cut()).as("while nothing was killed").isEmpty();

            kill(onlookers, commands.get(2), queries.get(1));
            stop(onlookers, queries.get(2));
            load.awaitMore(SOME);
            List<Answer> answers = load.finish();
            onlookers.finish();
            assertThat(balancer.faults()).isEmpty();
            bank.check(answers);
            onlookers.check();
        }
        System.out.println(balancer.putOff() + " requests were put off, and cut " + balancer.cut());
    }

    /** Beside the one that is there. */
    private List<ServiceProcess> three(ServiceProcess like) {
        List<ServiceProcess> three = Stream.generate(() -> bank.another(like)).limit(3).toList();
        others.addAll(three);
        return three;
    }

    private List<ServiceProcess> firstOnes() {
        List<ServiceProcess> both = List.of(bank.command(), bank.query());
        both.forEach(ServiceProcess::start);
        return both;
    }

    private List<ServiceProcess> join(
            String what, Onlookers onlookers, Supplier<List<ServiceProcess>> start) {
        long begun = Onlookers.now();
        List<ServiceProcess> started = start.get();
        started.forEach(ServiceProcess::awaitReady);
        balancer.use(started);
        onlookers.awaitEach(LOOKS, Onlookers.now());
        tell(what, onlookers, begun, HANDED_OVER_WITHIN);
        return started;
    }

    private void stop(Onlookers onlookers, ServiceProcess... processes) {
        for (ServiceProcess process : processes) {
            long begun = Onlookers.now();
            balancer.forget(process);
            process.close();
            onlookers.awaitEach(LOOKS, begun);
            tell("a " + process.name() + " service stopped", onlookers, begun, HANDED_OVER_WITHIN);
        }
    }

    private void kill(Onlookers onlookers, ServiceProcess... oneOfEach) {
        long begun = Onlookers.now();
        List.of(oneOfEach).forEach(ServiceProcess::kill);
        onlookers.awaitEach(LOOKS, begun);
        tell("one of each killed", onlookers, begun, TAKEN_OVER_WITHIN);
    }

    private static void tell(String what, Onlookers onlookers, long since, Duration bound) {
        System.out.println(what + ": " + onlookers.slowestSince(since));
        assertThat(onlookers.slowestViewSince(since)).as(what).isLessThan(bound);
    }

    @Override
    public void close() {
        balancer.close();
        others.forEach(ServiceProcess::close);
    }
}
