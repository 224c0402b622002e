package banking.security;

import static java.util.Objects.requireNonNull;

import io.quarkus.oidc.Oidc;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.oidc.runtime.OidcTenantConfig.Roles.Source;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The provider whose tokens are taken. What is asked of a token is said here and nowhere else, so
 * that no setting of the library weakens it; that the provider is away keeps nothing from starting.
 */
@ApplicationScoped
public class Issuer {

    /** How far clocks may differ. */
    static final Duration SKEW = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Where nobody from elsewhere listens in. */
    private static final List<String> LOCAL_PROFILES = List.of("local", "dev", "test");

    private final CallersConfig config;
    private final Instance<TenantConfigBean> tenants;
    private @Nullable Uni<TenantConfigContext> attempt;
    private long attemptedAt;

    Issuer(CallersConfig config, Instance<TenantConfigBean> tenants) {
        this.config = config;
        this.tenants = tenants;
    }

    /** Whether any token is taken. */
    public boolean isOn() {
        return config.issuer().isPresent();
    }

    void describe(@Observes Oidc oidc) {
        oidc.create(
                config.issuer()
                        .map(this::tenant)
                        .orElseGet(() -> OidcTenantConfig.builder().disableTenant().build()));
    }

    private OidcTenantConfig tenant(String url) {
        if (!url.startsWith("https://")
                && LOCAL_PROFILES.stream().noneMatch(ConfigUtils::isProfileActive)) {
            throw new ConfigurationException("bank.security.issuer has to be https, but is " + url);
        }
        if (config.audience().isBlank() || config.audience().equals("any")) {
            throw new ConfigurationException("bank.security.audience has to name this API");
        }
        return OidcTenantConfig.authServerUrl(url)
                .applicationType(ApplicationType.SERVICE)
                .connectionTimeout(PATIENCE)
                .roles(Source.accesstoken, config.rolesClaims().toArray(String[]::new))
                .token()
                .audience(config.audience())
                .lifespanGrace((int) SKEW.toSeconds())
                .subjectRequired()
                .allowJwtIntrospection(false)
                .allowOpaqueTokenIntrospection(false)
                .forcedJwkRefreshInterval(config.issuerAskedEvery())
                .end()
                .build();
    }

    /**
     * Fails where the provider has not yet been reached. One attempt is shared by all who come
     * meanwhile, and by who comes soon after.
     */
    public Uni<TenantConfigContext> reached() {
        var tenant = tenants.get().getDefaultTenant();
        var reached =
                tenant.ready() ? Uni.createFrom().item(tenant) : attempt(tenant, System.nanoTime());
        // The library would take a token of anybody, of a provider that does not say who it is.
        return reached.invoke(one -> requireNonNull(one.getOidcMetadata().getIssuer()));
    }

    private synchronized Uni<TenantConfigContext> attempt(TenantConfigContext tenant, long now) {
        if (attempt == null || now - attemptedAt > config.issuerAskedEvery().toNanos()) {
            attemptedAt = now;
            attempt =
                    tenant.initialize().ifNoItem().after(PATIENCE).fail().memoize().indefinitely();
        }
        return attempt;
    }
}
