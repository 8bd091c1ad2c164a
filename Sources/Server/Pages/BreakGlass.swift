import Collection
import Hummingbird
import Logging
import Metrics

/// Tells operators of a login with a password although there is a provider of accounts. It is for when the provider is down;
/// at any other time somebody goes around it.
enum BreakGlass {
    static func tell(_ opened: OpenedSession, _ context: KhopContext) {
        guard opened.isBreakGlass else { return }
        Counter(label: "khop_break_glass_logins_total").increment()
        context.logger.warning(
            "a local login although there is a provider",
            metadata: ["person": "\(opened.session.actor.id)", "client": "\(context.address)"]
        )
    }
}
