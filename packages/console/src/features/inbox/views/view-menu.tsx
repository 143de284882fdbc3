import { Menu } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPencil, IconTrash } from "@tabler/icons-react";
import { confirm } from "../../../ui/confirm/confirm.ts";
import type { WrapProps } from "../../../ui/lazy-wrap.tsx";
import { toastProblem } from "../../../ui/problem/toast-problem.ts";
import { inboxWords } from "../i18n/inbox-words.ts";
import { useDesk } from "../state/desk.ts";
import { useCatalogue } from "../state/use-inbox.ts";
import { findNeighbour, moveView, removeView, type SavedView } from "../state/view-actions.ts";

/** What the menu is about, and what it asks for. */
export interface ViewMenuProps extends WrapProps {
  view: SavedView;
  onEdit: () => void;
}

/** What can be done with a saved view; the first cannot go up, nor the last down. */
export function ViewMenu({ view, onEdit, opened, onChange, children }: ViewMenuProps) {
  const say = inboxWords.useWords();
  const desk = useDesk();
  const { views } = useCatalogue();
  const move = (step: -1 | 1) => () => void moveView(desk, view, step).catch(toastProblem);
  const remove = async () => {
    const { name } = view;
    const question = {
      title: say("views.removeTitle", { name }),
      text: say(view.owner_id === null ? "views.removeAll" : "views.removeMine"),
    };
    if (!(await confirm({ ...question, action: say("views.remove"), dangerous: true }))) return;
    await removeView(desk, view.id).catch(toastProblem);
  };
  return (
    <Menu width={200} position="bottom-end" opened={opened} onChange={onChange}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={15} stroke={1.7} />} onClick={onEdit}>
          {say("views.change")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowUp size={15} stroke={1.7} />}
          onClick={move(-1)}
          disabled={findNeighbour(views, view, -1) === undefined}
        >
          {say("views.up")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowDown size={15} stroke={1.7} />}
          onClick={move(1)}
          disabled={findNeighbour(views, view, 1) === undefined}
        >
          {say("views.down")}
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={15} stroke={1.7} />} onClick={() => void remove()}>
          {say("views.remove")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
