#pragma once

#include "core/democluster/control/podfactory.h"

#include <QObject>
#include <QTimer>

namespace Fairlead::Demo {

/// How many pods the cluster pretends to have beside its own, and how they change.
struct FakeLoad {
    int pods = 0;
    int namespaces = 0; ///< 0: one for each 40 pods, so 500 for 20000
    int changesPerSecond = 0; ///< MODIFIED events of random fake pods
};

/// Pods by the thousand, to see how clients cope: namespaces fake-0000, fake-0001, ..., each with one Deployment whose
/// pods are Running on the one node. They are as real as the others, their web page on 8080 included, but its program
/// starts with the first connection, and pods of one Deployment share what they have in common: about 1.7 KB a pod with
/// its share of the owners (measured).
/// Lives in the cluster's thread.
class FakePods final : public QObject
{
    Q_OBJECT

public:
    static constexpr int PodsPerNamespace = 40;

    FakePods(ObjectStore &store, PodFactory &factory, const Clock &clock);

    void fill(const FakeLoad &load);

private:
    void fillNamespace(int index, int pods);
    void change();
    void changeOne();

    ObjectStore &m_store;
    PodFactory &m_factory;
    const Clock &m_clock;
    int m_rate = 0;
    double m_due = 0; ///< changes that the rate has earned and that are not made yet
    qint64 m_lastMs = 0;
    QTimer m_timer;
    QList<std::pair<QString, QString>> m_names; ///< namespace and name
};

} // namespace Fairlead::Demo
