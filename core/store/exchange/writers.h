#pragma once

#include "core/store/exchange/exporter.h"

/// One writer a format, each in its own file, and what they share.
namespace Fairlead::Store {

/// Takes down what is lost while a profile is written.
class ExportNotes final
{
public:
    ExportNotes(Exported &exported, Format format);

    /// The next forward; remarks are about it from now on.
    void begin(qsizetype index, const SavedForward &forward);
    void remark(const QString &sentence);
    void leaveOut(const QString &sentence);
    /// Fields that the format has a place for; the rest of what is set is told as lost.
    void kept(const QStringList &fields);

    /// The port as numbers, where there is one of each; a name is told as lost.
    struct Numbers {
        quint16 local = 0; ///< 0: any
        quint16 remote = 0;
    };
    [[nodiscard]] QList<Numbers> numericPorts();
    /// The one address of formats that have one; others are told as lost. "localhost" is empty.
    [[nodiscard]] QString oneAddress();

private:
    Exported &m_exported;
    QString m_program;
    qsizetype m_index = 0;
    const SavedForward *m_forward = nullptr;
};

/// The context of the first forward that names one, for formats that have one cluster a file.
[[nodiscard]] QString onlyContext(const Profile &profile);

void writeKftray(const Profile &profile, Exported &exported);
void writeKubeForwarder(const Profile &profile, Exported &exported);
void writeLens(const Profile &profile, Exported &exported);
void writeKrelay(const Profile &profile, Exported &exported);
void writeCommands(const Profile &profile, Exported &exported);

} // namespace Fairlead::Store
