package banking.security;

import banking.events.codec.ChainKeys;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the hash chains are made with; there is no key unless somebody gives one. */
@Singleton
class KeysOfTheChain {

    @Produces
    @Singleton
    ChainKeys keys(@ConfigProperty(name = "bank.chain.keys-file") Path file) {
        return ChainKeys.read(file);
    }
}
