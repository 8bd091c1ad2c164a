import Collection
import Values

/// The checks of `khop doctor`. To add one, write a function that returns findings and list it in ``findings()``.
struct Doctor {
    let settings: Settings
    /// The folder of PostgreSQL's data, if somebody named it.
    let dataFolder: String?

    /// Everything that was found, in the order in which it is to be mended.
    func findings() async -> [Finding] {
        let database = await databaseFindings()
        return database + settingsFindings() + fileFindings() + sealFileFindings()
            + [diskFinding(), spaceFinding(), backupFinding(), PaperSigns.finding()]
    }
}
