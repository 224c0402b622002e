package banking.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import banking.launcher.ServiceProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Two of each service behind a balancer, all replaced one after the other, one of each killed, and
 * the query side scaled up and down while customers are at work, as Kubernetes does it.
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
        Pair second = another();
        second.awaitReady();
        balancer.use(bank.command(), bank.query(), second.command, second.query);
        try (Load load = bank.load(client);
                Onlookers onlookers = new Onlookers(client)) {
            onlookers.awaitEach(LOOKS, Onlookers.now());
            Pair third = another();
            third.awaitReady();
            balancer.use(third.command, third.query);
            stop(onlookers, bank.command(), bank.query());
            ServiceProcess fourth = scaledUp(onlookers);
            stop(onlookers, second.command, second.query);
            load.awaitMore(SOME);
            assertThat(balancer.cut()).as("while nothing was killed").isEmpty();

            kill(onlookers, third);
            stop(onlookers, fourth);
            load.awaitMore(SOME);
            List<Answer> answers = load.finish();
            onlookers.finish();
            assertThat(balancer.faults()).isEmpty();
            bank.check(answers);
            onlookers.check();
        }
        System.out.println(balancer.putOff() + " requests were put off, and cut " + balancer.cut());
    }

    /** One of each service, started at the same time. */
    private record Pair(ServiceProcess command, ServiceProcess query) {

        void awaitReady() {
            command.awaitReady();
            query.awaitReady();
        }
    }

    private Pair another() {
        return new Pair(another(bank.command()), another(bank.query()));
    }

    private ServiceProcess another(ServiceProcess like) {
        ServiceProcess process = bank.another(like);
        others.add(process);
        return process;
    }

    /** The bank's own ones follow on those that follow on them, and another beside. */
    private ServiceProcess scaledUp(Onlookers onlookers) {
        long begun = Onlookers.now();
        ServiceProcess another = another(bank.query());
        bank.query().start();
        bank.command().start();
        another.awaitReady();
        bank.query().awaitReady();
        bank.command().awaitReady();
        balancer.use(another, bank.query(), bank.command());
        onlookers.awaitEach(LOOKS, begun);
        tell("two to four query services", onlookers, begun, HANDED_OVER_WITHIN);
        return another;
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

    private void kill(Onlookers onlookers, Pair pair) {
        long begun = Onlookers.now();
        pair.command.kill();
        pair.query.kill();
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
