import ArgumentParser
import Collection
import Values

/// Identifies who acts, in commands that need two persons.
struct PersonOptions: ParsableArguments {
    @Option(
        name: .customLong("by"),
        help: ArgumentHelp(
            vi: "Tên người thực hiện (mặc định là người chạy khop).",
            en: "The name of the person who acts (by default, who runs khop)."
        )
    ) var name: String?

    var person: Person { get throws { try Person(commandLine: name ?? Terminal.user) } }
}
