import ArgumentParser
import Workflow

struct States: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: String(
            vi: "In mọi bảng trạng thái và các thay đổi được phép, như trong docs/states.md.",
            en: "Print every state machine with its allowed transitions, as in docs/states.md."
        )
    )

    func run() throws { print(StateDiagram.page, terminator: "") }
}
