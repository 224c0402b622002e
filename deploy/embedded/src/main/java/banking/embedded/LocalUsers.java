package banking.embedded;

import java.util.HashMap;
import java.util.Map;

/**
 * Users whose names are their passwords and their roles. Everybody knows those, so bcrypt has made
 * them unreadable as cheaply as it can.
 */
public final class LocalUsers {

    private static final Map<String, String> BCRYPT =
            Map.of(
                    "teller",
                    "$2a$04$qUeNmYZX6Fffn66yNaUGuuF/ajAn9y.wegd7EHhe8cWlcUSUC2yUa",
                    "supervisor",
                    "$2a$04$NdrXpLWDMUCp2sT4l6pf1uc/45RJGtCwNZg1gJjJHE4PbtzvumFzC",
                    "auditor",
                    "$2a$04$BFqqMRQtcWn.de/YERCWPusrnCKVa3Pud1v5BcQcU/jfdfu/BXNMi",
                    "operator",
                    "$2a$04$sb2XYlbLB.d8nniSBhPyeuoq2vd64lkA2HRxomb7.Q.FqJXKiDLAu");

    private LocalUsers() {}

    /** As a service is told of them. */
    public static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        BCRYPT.forEach(
                (user, bcrypt) -> {
                    settings.put("bank.security.users." + user + ".bcrypt", bcrypt);
                    settings.put("bank.security.users." + user + ".roles", user);
                });
        return settings;
    }
}
