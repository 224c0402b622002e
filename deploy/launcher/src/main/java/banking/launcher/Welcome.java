package banking.launcher;

import java.nio.file.Path;
import java.util.Locale;

/** What the person who started the bank wants to know next. */
final class Welcome {

    private Welcome() {}

    static String text(LocalBank bank, BankSettings settings, double seconds) {
        return String.format(
                Locale.ROOT,
                """

                The bank is open: %2$s

                Ready in %1$.1f s. Ctrl-C closes it; the data stays for the next time.

                  Commands  %2$s   API %2$s%9$s   health %6$s/q/health
                  Queries   %3$s   API %3$s%10$s   health %7$s/q/health
                  Logs      %4$s
                  Mails     %5$s
                  Tokens    %8$s

                Open an account, put money in, and read it on the other service:

                  id=$(curl -s -u teller:teller -H 'Content-Type: application/json' \\
                    -d '{"owner":"Alice","currency":"EUR","openingDeposit":"500.00"}' \\
                    %2$s/accounts | sed 's/.*"accountId":"\\([^"]*\\)".*/\\1/')
                  curl -u teller:teller -H 'Content-Type: application/json' \\
                    -d '{"amount":"12.34","currency":"EUR"}' %2$s/accounts/$id/deposits
                  curl -u teller:teller "%3$s/accounts/$id?min-version=3"
                """,
                seconds,
                bank.command().uri(),
                bank.query().uri(),
                logs(settings),
                mails(bank.servers(), settings),
                bank.command().management(),
                bank.query().management(),
                bank.servers().issuer(),
                bank.command().definition().api(),
                bank.query().definition().api());
    }

    /** For whoever starts the services from their sources. */
    static String text(LocalServers servers, BankSettings settings, double seconds) {
        return String.format(
                Locale.ROOT,
                """

                The servers are up (%.1f s). Ctrl-C stops them; the data stays for the next time.

                  Logs      %s
                  Mails     %s

                Start the services with live reload, each in a terminal of its own:

                  ./mvnw quarkus:dev -pl banking-command-service -am
                  ./mvnw quarkus:dev -pl banking-query-service -am
                """,
                seconds,
                logs(settings),
                mails(servers, settings));
    }

    private static Path logs(BankSettings settings) {
        return settings.directory().resolve("logs");
    }

    private static String mails(LocalServers servers, BankSettings settings) {
        return settings.external()
                .mail()
                .map(host -> "go through " + host)
                .orElse(servers.mail().directory() + "   the newest last");
    }
}
