package banking.benchmark;

import banking.benchmark.Options.Part;
import banking.benchmark.Wrk.Load;
import banking.benchmark.Wrk.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Deposits of which a thousand come in each request, and what they do to those that come alone. */
final class Bulks {

    private static final String SPREAD = "spread";
    private static final String ALONE = "alone, beside bulks";

    private static final int FEW_CONNECTIONS = 32;
    private static final int LIGHT_LOAD_PER_SECOND = 500;

    private final Options options;
    private final Loads loads;
    private final Report report;
    private final Pgbench pgbench;

    Bulks(Options options, Loads loads, Report report, Pgbench pgbench) {
        this.options = options;
        this.loads = loads;
        this.report = report;
        this.pgbench = pgbench;
    }

    /**
     * @param accounts the file with the ids of all accounts
     */
    void measure(Path accounts) throws IOException, InterruptedException, SQLException {
        loads.warmUp(Request.BULK, accounts);
        int connections = Request.BULK.connections(options.mostConnections());
        Load bulks = Load.of(Request.BULK, accounts, connections, options.seconds());
        loads.compare(Part.BULK, SPREAD, bulks, pgbench);
        double reached = report.find(Part.BULK, SPREAD, connections).orElseThrow().timesPgbench();
        report.target("a thousand in each request", true, 4, reached, "x pgbench");
        beside(bulks, accounts);
    }

    private void beside(Load bulks, Path accounts)
            throws IOException, InterruptedException, SQLException {
        Load alone =
                Load.of(Request.DEPOSIT, accounts, FEW_CONNECTIONS, options.seconds())
                        .at(LIGHT_LOAD_PER_SECOND);
        Process many = loads.start(bulks);
        Process few = loads.start(alone);
        Wrk.Figures ofFew = Wrk.figures(few);
        Wrk.Figures ofMany = Wrk.figures(many).times(Request.BULK.commands());
        report.run(new Report.Run(Part.BULK, "beside others", bulks.connections(), ofMany));
        report.run(new Report.Run(Part.BULK, ALONE, alone.connections(), ofFew));
        loads.settle(
                ALONE,
                ofMany.accepted() + ofFew.accepted(),
                Request.BULK.commands() * bulks.connections() + alone.connections());
    }
}
