import type { InboxView } from "@recado/contract/console/inbox";
import {
  IconAt,
  IconCircleCheck,
  IconClockPause,
  IconInbox,
  IconStack2,
  IconUser,
  type TablerIcon,
} from "@tabler/icons-react";

/** The views, in their order, with what each is called. */
export const VIEWS: readonly { view: InboxView; icon: TablerIcon }[] = [
  { view: "mine", icon: IconUser },
  { view: "queue", icon: IconInbox },
  { view: "open", icon: IconStack2 },
  { view: "mentions", icon: IconAt },
  { view: "snoozed", icon: IconClockPause },
  { view: "resolved", icon: IconCircleCheck },
];
