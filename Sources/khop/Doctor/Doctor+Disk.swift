import Collection
import Foundation
import Postgres
import Values

extension Doctor {
    /// Whether the folder of PostgreSQL's data lies on a device that is encrypted.
    func diskFinding() -> Finding {
        let name = "disk"
        let advice = Phrase(
            vi:
                "đặt thư mục dữ liệu và bản sao lưu trên LUKS (dm-crypt), hoặc hỏi nhà cung cấp máy ảo; nêu thư mục bằng --data-folder. Xem docs/personal-data.md",
            en:
                "put the data folder and the backups on LUKS (dm-crypt), or ask who provides the machine; --data-folder names the folder. See docs/personal-data.md"
        )
        var folder = dataFolder
        if folder == nil, settings.databaseURL == nil {
            // No cluster can be found where PostgreSQL is not installed; then nothing can be told either.
            do { folder = try settings.localCluster().directory } catch {}
        }
        guard let folder else {
            return .unknown(
                name,
                Phrase(
                    vi: "không biết dữ liệu PostgreSQL nằm ở đâu, nên không biết đĩa có mã hóa không",
                    en: "where PostgreSQL keeps its data is not known, and so not whether its disk is encrypted"
                ),
                advice: advice
            )
        }
        switch EncryptedDevice.standing(of: folder) {
        case .encrypted:
            return .ok(name, Phrase(vi: "\(folder) nằm trên đĩa mã hóa", en: "\(folder) is on an encrypted disk"))
        case .plain(let device):
            return .wrong(
                name,
                Phrase(
                    vi: "\(folder) nằm trên \(device), không mã hóa",
                    en: "\(folder) is on \(device), which is not encrypted"
                ),
                advice: advice
            )
        case .unknown:
            return .unknown(
                name,
                Phrase(
                    vi: "không xem được đĩa của \(folder) có mã hóa không",
                    en: "whether the disk of \(folder) is encrypted cannot be seen"
                ),
                advice: advice
            )
        }
    }

    /// A disk with less room than this part of it is filling up.
    private static let leastRoom: UInt = 10

    /// Whether khop's folder has room for seals, uploads and what PostgreSQL writes beside it.
    func spaceFinding() -> Finding {
        let name = "space"
        let folder = dataFolder ?? settings.home
        var status = statvfs()
        guard statvfs(folder, &status) == 0, status.f_blocks > 0 else {
            return .unknown(
                name,
                Phrase(vi: "không xem được đĩa của \(folder)", en: "the disk of \(folder) cannot be looked at"),
                advice: Phrase(vi: "xem bằng `df -h`", en: "look with `df -h`")
            )
        }
        let free = UInt(status.f_bavail) * 100 / UInt(status.f_blocks)
        let found = Phrase(vi: "đĩa của \(folder) còn \(free)%", en: "the disk of \(folder) has \(free)% left")
        guard free < Doctor.leastRoom else { return .ok(name, found) }
        return .wrong(
            name,
            found,
            advice: Phrase(
                vi: "đầy đĩa thì callback bị từ chối: dọn, hoặc mở rộng đĩa",
                en: "on a full disk callbacks are refused: clear it, or enlarge it"
            )
        )
    }
}
