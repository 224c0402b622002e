/** An OpenID provider for the local bank, as a Keycloak would be one. */
@NullMarked
package banking.issuer;

import org.jspecify.annotations.NullMarked;
