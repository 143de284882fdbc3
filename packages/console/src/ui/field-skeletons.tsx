import { SimpleGrid, Skeleton } from "@mantine/core";

/** Fields that are on their way, in the measures of those that will stand there. */
export function FieldSkeletons({ count, columns = 2 }: { count: number; columns?: 1 | 2 }) {
  const fields = Array.from({ length: count }, (_none, index) => index);
  return (
    <SimpleGrid cols={{ base: 1, xs: columns }} spacing="sm">
      {fields.map((index) => (
        <div key={index}>
          <Skeleton width={`${30 + ((index * 11) % 20)}%`} height={10} mt={4} mb={8} radius="sm" />
          <Skeleton height="var(--control)" radius="sm" />
        </div>
      ))}
    </SimpleGrid>
  );
}
