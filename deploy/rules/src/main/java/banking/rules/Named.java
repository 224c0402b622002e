package banking.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;

/** For a rule that means these very classes, and not whatever comes to stand beside them. */
public final class Named {

    private Named() {}

    /** Is a class of one of these full names. */
    public static DescribedPredicate<JavaClass> named(String... names) {
        var all = Set.of(names);
        return describe("named one of " + all, type -> all.contains(type.getName()));
    }
}
