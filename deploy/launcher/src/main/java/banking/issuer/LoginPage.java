package banking.issuer;

import java.util.Map;

/** Where a person says who it is. */
final class LoginPage {

    private static final String PAGE =
            """
            <!DOCTYPE html>
            <html lang="en">
            <title>The local bank: log in</title>
            <meta name="viewport" content="width=device-width">
            <h1>Log in to the local bank</h1>
            {{message}}
            <form method="post">
            {{hidden}}
            <p><label>Name <input name="username" autocomplete="username" required autofocus></label>
            <p><label>Password <input name="password" type="password" autocomplete="current-password" required></label>
            <p><button>Log in</button>
            </form>
            <p>Everybody's name is the password here: teller, supervisor, auditor, operator, alice, bob.
            </html>
            """;

    private LoginPage() {}

    /**
     * @param parameters what the client has asked for, which comes back with the form
     */
    static String show(Map<String, String> parameters, boolean again) {
        var hidden = new StringBuilder();
        parameters.forEach(
                (name, value) ->
                        hidden.append("<input type=\"hidden\" name=\"")
                                .append(escaped(name))
                                .append("\" value=\"")
                                .append(escaped(value))
                                .append("\">\n"));
        return PAGE.replace("{{message}}", again ? "<p>Name or password are wrong." : "")
                .replace("{{hidden}}", hidden);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
