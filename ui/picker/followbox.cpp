#include "ui/picker/followbox.h"

#include <QComboBox>
#include <QHBoxLayout>

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;

namespace {
enum Choice { OwnerFromThisPod, OwnerAnyReady, OwnerInTurn, ThisPodOnly };
} // namespace

FollowBox::FollowBox(QWidget *parent)
    : QWidget(parent)
    , m_choice(new QComboBox(this))
{
    m_choice->setObjectName(u"follow"_s);
    m_choice->setAccessibleName(tr("Lead to"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    constexpr int LettersShown = 22;
    m_choice->setMinimumContentsLength(LettersShown);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins({});
    line->addWidget(m_choice);
    connect(m_choice, &QComboBox::currentIndexChanged, this, &FollowBox::changed);
    clear();
}

void FollowBox::clear()
{
    setPod({}, {});
}

void FollowBox::setPod(const QString &pod, const std::optional<Kube::TargetRef> &owner)
{
    m_pod = pod;
    m_owner = owner;
    fill();
}

void FollowBox::setService(const QString &service)
{
    const Kube::TargetRef target{Kube::TargetRef::Kind::Service, service};
    if (m_pod.isEmpty() && m_owner == target)
        return; // the choice stays
    m_pod.clear();
    m_owner = target;
    fill();
}

void FollowBox::fill()
{
    const QSignalBlocker quiet(m_choice); // once, when all is in place
    m_choice->clear();
    const auto offer = [this](const QString &text, Choice choice, const QString &help) {
        m_choice->addItem(text, choice);
        m_choice->setItemData(m_choice->count() - 1, help, Qt::ToolTipRole);
    };
    if (m_owner) {
        const QString name = Kube::targetText(*m_owner);
        offer(name, OwnerFromThisPod,
              m_pod.isEmpty() ? tr("One of its pods as long as it lives, then another")
                              : tr("This pod as long as it lives, then its successor"));
        offer(tr("%1, any ready pod", "target").arg(name), OwnerAnyReady,
              tr("The best pod, and another one as soon as that is not ready"));
        offer(tr("%1, pods in turn", "target").arg(name), OwnerInTurn,
              tr("Each connection goes to the next ready pod"));
    }
    if (!m_pod.isEmpty() || !m_owner)
        offer(tr("This pod only"), ThisPodOnly, tr("Waits for a pod of the same name when this one is gone"));
    m_choice->setEnabled(!m_pod.isEmpty() || m_owner);
    m_choice->setToolTip(m_choice->currentData(Qt::ToolTipRole).toString());
    emit changed();
}

void FollowBox::setOwner(const Kube::TargetRef &owner)
{
    if (m_owner == owner)
        return;
    const int chosen = m_choice->currentData().toInt();
    const bool choseForItself = m_owner.has_value();
    setPod(m_pod, owner);
    if (choseForItself)
        m_choice->setCurrentIndex(m_choice->findData(chosen));
}

void FollowBox::apply(Forward::ForwardSpec &spec) const
{
    const int choice = m_choice->currentData().toInt();
    if (!m_owner || choice == ThisPodOnly) {
        spec.target = {Kube::TargetRef::Kind::Pod, m_pod};
        return;
    }
    spec.target = *m_owner;
    spec.preferredPod = choice == OwnerFromThisPod ? m_pod : QString();
    spec.policy = choice == OwnerFromThisPod ? Forward::PodPolicy::Sticky
        : choice == OwnerInTurn              ? Forward::PodPolicy::RoundRobin
                                             : Forward::PodPolicy::FirstReady;
}

QWidget *FollowBox::field() const
{
    return m_choice;
}

} // namespace Fairlead::Ui
