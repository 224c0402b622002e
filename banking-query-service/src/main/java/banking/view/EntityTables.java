package banking.view;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.hibernate.SessionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/** The tables of views, with the columns that Hibernate reads them from. */
@ApplicationScoped
public class EntityTables {

    private final SessionFactory database;

    EntityTables(SessionFactory database) {
        this.database = database;
    }

    <V extends View<?>> EntityTable<V> of(Class<V> entity, Supplier<V> blank) {
        return new EntityTable<>(database.unwrap(SessionFactoryImplementor.class), entity, blank);
    }
}
