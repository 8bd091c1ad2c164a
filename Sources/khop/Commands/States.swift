import ArgumentParser
import Workflow

struct States: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: String(
            vi: "In mọi bảng trạng thái và các thay đổi được phép, như trong docs/states.md.",
            en: "Print every table of states and the changes allowed between them, as docs/states.md has them."
        )
    )

    func run() throws { print(StateDiagram.page, terminator: "") }
}
