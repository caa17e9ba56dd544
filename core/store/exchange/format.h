#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace Fairlead::Store {

/// The files that forwards come in and go out as. docs/import-export.md says what each can hold.
enum class Format {
    Profile, ///< Fairlead's own
    Commands, ///< lines of kubectl or oc port-forward, also as a shell script
    Kftray, ///< JSON of kftray and kftui
    KubeForwarder, ///< export of Kube Forwarder, versions 1 and 2
    Lens, ///< local storage of Lens, OpenLens and Freelens, one file a cluster
    Headlamp, ///< its list in the browser's storage, as JSON
    Krelay, ///< krelay's file of targets
    Kubefwd, ///< kubefwd's reservations, and its command line
    Skaffold, ///< `portForward:` of Skaffold and Cloud Code
    Annotations ///< what k9s and kftray read in the annotations of manifests
};

struct FormatInfo {
    Format format;
    QLatin1StringView word; ///< on the command line
    QString title; ///< for people, translated where it is no name
    bool writable = false; ///< exportForwards() knows it
    QLatin1StringView suffix = {}; ///< of files that are written, without dot
};

/// All of them, in the order in which people should see them.
[[nodiscard]] QList<FormatInfo> formats();
[[nodiscard]] FormatInfo formatInfo(Format format);
/// By its word; "k9s", "openlens", "oc" and the like are known, too.
[[nodiscard]] std::optional<Format> formatFromWord(const QString &word);

} // namespace Fairlead::Store
