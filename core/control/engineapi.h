#pragma once

#include "core/control/face.h"
#include "core/control/forwarddesk.h"
#include "core/control/message.h"
#include "core/control/takeover.h"

#include <QDateTime>
#include <QObject>
#include <QPair>

namespace Fairlead::Control {

/// What the methods of the protocol do (docs/engine.md), and what its events say. Lives in the manager's thread; the
/// desk and the face must outlive it.
class EngineApi final : public QObject
{
    Q_OBJECT

public:
    EngineApi(ForwardDesk &desk, Face &face, QObject *parent = nullptr);

    /// Of all forwards together; each keeps a thousand.
    static constexpr qsizetype MaxLogLines = 10'000;

    /// Connection flags that the engine was started with and that change what contexts mean (`--as`, `--token`, ...):
    /// their names, never their values.
    void setOverrides(const QStringList &overrides) { m_overrides = overrides; }
    /// Without it nothing can be handed over.
    void setTakeOverFile(const TakeOverFile &file) { m_takeOverFile = file; }

    [[nodiscard]] Result<QJsonObject, Error> answer(const Request &request);

signals:
    void happened(const QString &topic, const Fairlead::Control::Event &event);
    /// It was told to end, and the answer that says so is about to be sent. From now on all else is refused.
    void ending(Fairlead::Control::Ending why);

private:
    using Answer = Result<QJsonObject, Error>;
    using Ids = Result<QList<Forward::ForwardId>, Error>;

    [[nodiscard]] Answer hello(const QJsonObject &params);
    [[nodiscard]] Answer status(const QJsonObject &params);
    [[nodiscard]] Answer up(const QJsonObject &params);
    [[nodiscard]] Answer down(const QJsonObject &params);
    [[nodiscard]] Answer logs(const QJsonObject &params);
    [[nodiscard]] Answer show(const QJsonObject &params);
    [[nodiscard]] Answer ask(const QJsonObject &params);
    [[nodiscard]] Answer session(const QJsonObject &params);
    [[nodiscard]] Answer handOver(const QJsonObject &params);
    [[nodiscard]] Answer quit(const QJsonObject &params);
    void beginEnding(Ending why);

    /// What the parameter "which" names: a list of words; without it all.
    [[nodiscard]] Ids chosen(const QJsonObject &params);
    [[nodiscard]] QJsonObject describe(Forward::ForwardId id) const;
    void tell(const QString &event, Forward::ForwardId id);

    ForwardDesk &m_desk;
    Face &m_face;
    QDateTime m_since = QDateTime::currentDateTimeUtc();
    QStringList m_overrides;
    std::optional<TakeOverFile> m_takeOverFile;
    bool m_ending = false;
};

} // namespace Fairlead::Control
