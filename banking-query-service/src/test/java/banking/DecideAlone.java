package banking;

import banking.view.View;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;

/**
 * A view's row is an entity, yet what an event makes of it is plain Java: nothing that {@code
 * apply} leads to, through whatever code of ours, is other than this.
 */
final class DecideAlone extends ArchCondition<JavaClass> {

    private final DescribedPredicate<JavaClass> ours;
    private final DescribedPredicate<JavaClass> plain;

    /**
     * @param ours whose methods are followed
     * @param plain what may be used as it is
     */
    DecideAlone(DescribedPredicate<JavaClass> ours, DescribedPredicate<JavaClass> plain) {
        super("apply events with nothing but " + plain.getDescription());
        this.ours = ours;
        this.plain = plain;
    }

    @Override
    public void check(JavaClass view, ConditionEvents events) {
        var seen = new HashSet<JavaCodeUnit>();
        var left = new ArrayDeque<JavaCodeUnit>();
        view.getMethods().stream().filter(m -> m.getName().equals("apply")).forEach(left::add);
        while (!left.isEmpty()) {
            var code = left.remove();
            if (seen.add(code)) {
                for (var access : code.getAccessesFromSelf()) {
                    var owner = declaringClass(access);
                    if (ours.test(owner) || owner.isEquivalentTo(View.class)) {
                        member(access)
                                .filter(JavaCodeUnit.class::isInstance)
                                .map(JavaCodeUnit.class::cast)
                                .ifPresent(left::add);
                    } else if (!plain.test(owner)) {
                        events.add(SimpleConditionEvent.violated(view, access.getDescription()));
                    }
                }
            }
        }
    }

    /** An inherited method is called by the name of the class that inherits it. */
    private static JavaClass declaringClass(JavaAccess<?> access) {
        return member(access).map(JavaMember::getOwner).orElseGet(access::getTargetOwner);
    }

    private static Optional<? extends JavaMember> member(JavaAccess<?> access) {
        return access.getTarget().resolveMember();
    }
}
