import ArgumentParser
import Collection
import Values

/// `khop doctor`: whether the installation is sound.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: String(
            vi: "Kiểm tra cài đặt: cơ sở dữ liệu, quyền, khóa, niêm phong, đĩa, sao lưu, và việc hằng ngày.",
            en: "Check the installation: database, rights, keys, seals, disk, backup, and the daily work."
        ),
        discussion: String(
            vi: "Không sửa gì. Mã thoát 1 nếu có điều sai (✗); ! là yếu mà có thể cố ý, ? là không tự biết được.",
            en:
                "Changes nothing. Exit code 1 if something is wrong (✗); ! weakens and may be meant so, ? cannot be told."
        )
    )
    @Option(
        name: .customLong("data-folder"),
        help: ArgumentHelp(
            vi: "Thư mục dữ liệu của PostgreSQL trên máy này.",
            en: "The folder of PostgreSQL's data on this machine."
        )
    ) var dataFolder: String?
    @Flag(help: ArgumentHelp(vi: "In JSON.", en: "Print JSON.")) var json = false

    func run() async throws {
        let findings = await Doctor(settings: try await Settings.load(), dataFolder: dataFolder).findings()
        let isSound = !findings.contains { $0.level == .wrong }
        Terminal.answer(
            ["ok": .bool(isSound), "findings": .array(findings.map { $0.json(in: .ofTerminal) })],
            asJSON: json,
            text: findings.map(\.text).joined(separator: "\n")
        )
        if !isSound { throw ExitCode(1) }
    }
}
