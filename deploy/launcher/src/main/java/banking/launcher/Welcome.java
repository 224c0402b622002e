package banking.launcher;

import java.util.Locale;

/** What the person who started the bank wants to know next. */
final class Welcome {

    private Welcome() {}

    static String text(LocalBank bank, BankSettings settings, double seconds) {
        return String.format(
                Locale.ROOT,
                """

                The bank is open (%.1f s). Ctrl-C closes it; the data stays for the next time.

                  Commands  %2$s   API %2$s/q/swagger-ui
                  Queries   %3$s   API %3$s/q/swagger-ui
                  Logs      %4$s
                  Mails     %5$s

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
                settings.directory().resolve("logs"),
                settings.external()
                        .mail()
                        .map(host -> "go through " + host)
                        .orElse(bank.mail().directory() + "   the newest last"));
    }
}
