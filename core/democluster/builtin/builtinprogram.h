#pragma once

#include "core/democluster/node/podchannel.h"

#include <QHash>
#include <QObject>
#include <QString>

#include <memory>

namespace Fairlead::Demo {

/// A server inside this process that plays the program of a built-in pod. Each connection is a child QObject of it, so
/// that destroying the program ends all of them as the end of a real one would.
class BuiltinProgram : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Takes a new connection over.
    virtual void serve(std::unique_ptr<PodChannel> connection) = 0;
};

/// Where a program runs, for those that say so.
struct ProgramPlace {
    QString nameSpace;
    QString pod;
};

/// All built-in programs that run now, by pod and port.
class BuiltinPrograms final
{
public:
    /// Starts what `name` says ("web", "metrics", "echo", "talker") on a pod's port; unknown names are ignored.
    void start(const ProgramPlace &place, quint16 port, const QString &name);
    /// Ends all programs of a pod, and with them their connections.
    void stopPod(const ProgramPlace &place);

    [[nodiscard]] BuiltinProgram *find(const ProgramPlace &place, quint16 port) const;

private:
    struct Key {
        QString place;
        quint16 port;
        friend bool operator==(const Key &, const Key &) = default;
        friend size_t qHash(const Key &key, size_t seed) { return qHashMulti(seed, key.place, key.port); }
    };
    static Key keyOf(const ProgramPlace &place, quint16 port)
    {
        return {place.nameSpace + QLatin1Char('/') + place.pod, port};
    }

    QHash<Key, std::shared_ptr<BuiltinProgram>> m_programs;
};

} // namespace Fairlead::Demo
